import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional, IsString } from 'class-validator';
import { LONGEST } from '../../engine/core/limits.js';
import { Text, Trim } from '../../graphql/input-rules.js';

@InputType({ description: 'What to know of an upload.' })
export class CompleteUploadInput {
  @Field(() => String, {
    nullable: true,
    description:
      'What an image shows, or a recording says, for those who do not see or hear it: at most 500 characters. Images need it before they are published.',
  })
  @IsOptional()
  @Trim()
  @Text(0, LONGEST.altText)
  altText?: string | null;
}

@InputType({ description: 'What to change of a medium.' })
export class UpdateMediaInput {
  @Field({
    description:
      'What it shows or says, in at most 500 characters; where it is shown already stays as it is.',
  })
  @Trim()
  @Text(1, LONGEST.altText)
  altText: string;
}

@InputType({ description: 'A medium to show or play somewhere.' })
export class MediaUseInput {
  @Field(() => ID, { description: 'The medium: one of your library, or of the story’s.' })
  @IsString()
  mediaId: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What it shows or says here, in at most 500 characters; as the medium has it when left out.',
  })
  @IsOptional()
  @Trim()
  @Text(0, LONGEST.altText)
  altText?: string | null;
}
