import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsString, ValidateNested } from 'class-validator';
import { MayBeOmitted, Text, Trim } from '../../graphql/input-rules.js';

@InputType({ description: 'Where those go on who cannot go on at some node.' })
export class NodeReplacementInput {
  @Field(() => ID, { description: 'The node, which is deleted or does not let them on.' })
  @IsString()
  fromNodeId: string;

  @Field(() => ID, {
    description:
      'Where they go on instead: no ending. What entering it brings does not happen to them.',
  })
  @IsString()
  toNodeId: string;
}

export const MOST_REPLACEMENTS = 1000;

@InputType({ isAbstract: true })
export class ReplacementFields {
  @Field(() => [NodeReplacementInput], {
    nullable: true,
    description: `Where those go on who cannot go on where they stand: at most ${MOST_REPLACEMENTS.toLocaleString('en')} nodes, each named once.`,
  })
  @MayBeOmitted()
  @ArrayMaxSize(MOST_REPLACEMENTS, {
    message: `must have at most ${MOST_REPLACEMENTS.toLocaleString('en')} nodes`,
  })
  @ValidateNested({ each: true })
  @Type(() => NodeReplacementInput)
  map?: NodeReplacementInput[];
}

@InputType({ description: 'What becomes of those who are reading when a story is published.' })
export class ReadersInput extends ReplacementFields {
  @Field({
    description:
      'Whether those who can are moved to the new version; false leaves all on the one that they read.',
  })
  @IsBoolean({ message: 'must be true or false' })
  move: boolean;
}

@InputType({ description: 'How to publish.' })
export class PublishStoryInput {
  @Field({ nullable: true, description: 'What has changed: at most 1,000 characters.' })
  @MayBeOmitted()
  @Trim()
  @Text(0, 1000)
  note?: string;

  @Field({
    nullable: true,
    description:
      'Publish although it is proved that readers can get stuck. False when left out. Structural errors stay errors.',
  })
  @MayBeOmitted()
  @IsBoolean({ message: 'must be true or false' })
  publishAnyway?: boolean;

  @Field(() => ReadersInput, {
    nullable: true,
    description: 'What becomes of those who are reading; they stay on their version if left out.',
  })
  @MayBeOmitted()
  @ValidateNested()
  @Type(() => ReadersInput)
  readers?: ReadersInput;
}
