import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { PageArgs } from '../../graphql/connection.js';
import { ConstructOutcome, LinkKind } from './fidelity.type.js';

@InputType({ description: 'Which links to list: those that fit everything given.' })
export class ImportedLinkFilter {
  @Field(() => LinkKind, {
    nullable: true,
    description: 'Only those that say so where they lead.',
  })
  @IsOptional()
  kind?: LinkKind | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that are broken, or only those that are not.',
  })
  @IsOptional()
  @IsBoolean()
  isBroken?: boolean | null;
}

@InputType({ description: 'Which pieces of code to list.' })
export class ImportedConstructFilter {
  @Field(() => ConstructOutcome, {
    nullable: true,
    description: 'Only those that this became of.',
  })
  @IsOptional()
  outcome?: ConstructOutcome | null;
}

@ArgsType()
export class ImportedLinksArgs extends PageArgs {
  @Field(() => ImportedLinkFilter, {
    nullable: true,
    description: 'Which of them; all when left out.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ImportedLinkFilter)
  filter?: ImportedLinkFilter | null;
}

@ArgsType()
export class ImportedConstructsArgs extends PageArgs {
  @Field(() => ImportedConstructFilter, {
    nullable: true,
    description: 'Which of them; all when left out.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ImportedConstructFilter)
  filter?: ImportedConstructFilter | null;
}
