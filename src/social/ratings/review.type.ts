import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { scoreOf } from '../../stories/story.score.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import type { ReviewEntity } from './review.entity.js';

@ObjectType({ description: 'How many readers gave a story so many stars.' })
export class RatingShare {
  @Field(() => Int, { description: 'The stars: 1 to 5.' })
  rating: number;

  @Field(() => Int, { description: 'How many readers gave that many.' })
  count: number;
}

@ObjectType({
  description: 'What readers make of a story, in figures. Hidden reviews do not count.',
})
export class StoryRating {
  @Field(() => Float, {
    nullable: true,
    description: 'The mean of all ratings, 1 to 5; null without any.',
  })
  average: number | null;

  @Field(() => Int, { description: 'How many readers have rated it.' })
  count: number;

  @Field(() => Float, {
    description:
      'What TOP_RATED goes by: the mean with one rating of each kind added, so that few ratings weigh less; 3 without any.',
  })
  score: number;

  /** Not exposed: what resolvers go on from. */
  readonly storyId: number;
}

@ObjectType({ description: 'What the author of a story answered to a review of it.' })
export class ReviewReply {
  @Field({ description: 'When it was written.' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was changed last.' })
  editedAt: Date | null;

  /** Not exposed: the review that it is on. */
  readonly row: ReviewEntity;
}

@ObjectType({ description: 'The stars that a reader gave a story, and what they wrote with them.' })
export class Review {
  @Field(() => ID, { description: 'The id of the review.' })
  id: string;

  @Field(() => Int, { description: 'How many stars: 1 to 5.' })
  rating: number;

  @Field({ description: 'Whether the text gives something of the story away.' })
  hasSpoilers: boolean;

  @Field(() => Int, { description: 'How many readers found it helpful.' })
  helpfulCount: number;

  @Field({ description: 'When it was written.' })
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When its stars, text or mark were changed last.',
  })
  editedAt: Date | null;

  @Field({
    description:
      'Whether an administrator hid it: only its writer and administrators see it then, and its stars do not count.',
  })
  isHidden: boolean;

  @Field(() => ReviewReply, {
    nullable: true,
    description: 'What the author of the story answered.',
  })
  reply: ReviewReply | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: ReviewEntity;
}

export const ReviewConnection = ConnectionType('Review', () => Review);

export const toStoryRating = (story: StoryEntity): StoryRating => ({
  average: story.ratingCount === 0 ? null : story.ratingSum / story.ratingCount,
  count: story.ratingCount,
  score: scoreOf(story),
  storyId: story.storyId,
});

export const toReview = (row: ReviewEntity): Review => ({
  id: encodeId('review', row.reviewId),
  rating: row.rating,
  hasSpoilers: row.hasSpoilers,
  helpfulCount: row.helpfulCount,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
  isHidden: row.hiddenAt !== null,
  reply: toReply(row),
  row,
});

const toReply = (row: ReviewEntity): ReviewReply | null =>
  row.repliedAt === null ? null : { createdAt: row.repliedAt, editedAt: row.replyEditedAt, row };
