import { ArgsType, Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { PageArgs } from '../../graphql/connection.js';
import { Text, Trim } from '../../graphql/input-rules.js';

const LONGEST_TEXT = 5000;
const STARS = { message: 'must be a whole number of stars, 1 to 5' };

@InputType({ description: 'What a reader thinks of a story.' })
export class RateStoryInput {
  @Field(() => Int, { description: 'How many stars: 1 to 5.' })
  @IsInt(STARS)
  @Min(1, STARS)
  @Max(5, STARS)
  rating: number;

  @Field(() => String, {
    nullable: true,
    description:
      'What the reader has to say, in plain text: at most 5,000 characters. Left out, what is there stays; null takes it away.',
  })
  @IsOptional()
  @Trim()
  @Text(1, LONGEST_TEXT)
  review?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the review gives something of the story away. Left out, it stays as it is.',
  })
  @IsOptional()
  @IsBoolean()
  hasSpoilers?: boolean | null;
}

@ArgsType()
export class ReplyArgs {
  @Field({ description: 'The reply, in plain text: at most 5,000 characters.' })
  @Trim()
  @Text(1, LONGEST_TEXT)
  text: string;
}

@ArgsType()
export class SpoilerArgs {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether to give a text with spoilers too, as when the reader has asked for it.',
  })
  @IsBoolean()
  revealSpoilers: boolean;
}

export enum ReviewSort {
  MOST_HELPFUL = 'MOST_HELPFUL',
  NEWEST = 'NEWEST',
  HIGHEST = 'HIGHEST',
  LOWEST = 'LOWEST',
}

registerEnumType(ReviewSort, {
  name: 'ReviewSort',
  description: 'How reviews are ordered.',
  valuesMap: {
    MOST_HELPFUL: { description: 'Those that most readers found helpful first, then the newest.' },
    NEWEST: { description: 'Newest first, whenever they were edited.' },
    HIGHEST: { description: 'Most stars first, then the newest.' },
    LOWEST: { description: 'HIGHEST from its other end: fewest stars first, then the oldest.' },
  },
});

@ArgsType()
export class ReviewsArgs extends PageArgs {
  @Field(() => ReviewSort, {
    defaultValue: ReviewSort.MOST_HELPFUL,
    description: 'In which order.',
  })
  sort: ReviewSort;
}
