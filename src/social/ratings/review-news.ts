import { Injectable } from '@nestjs/common';
import { StoryRepository } from '../../stories/story.repository.js';
import { Activities, aboutStory, type Deed } from '../activities/activities.js';
import { Notifier } from '../notifications/notifier.js';
import { counts } from './rating-tally.repository.js';
import type { ReviewEntity } from './review.entity.js';

/** Tells of ratings and reviews, in the transactions that change them. */
@Injectable()
export class ReviewNews {
  constructor(
    private readonly activities: Activities,
    private readonly stories: StoryRepository,
    private readonly notifier: Notifier,
  ) {}

  /** Others may see that somebody rated a story for as long as the rating counts; its author is told of what was written. */
  async changed(before: ReviewEntity | null, after: ReviewEntity): Promise<void> {
    if (counts(after) && !counts(before)) await this.activities.record([deedOf(after)]);
    if (counts(before) && !counts(after)) await this.activities.retract(deedOf(before));
    if (!counts(after) || after.text === null) return;
    const { reviewId, storyId, userId: actorId } = after;
    const story = await this.stories.findById(storyId);
    const subject = { key: String(reviewId), actorId, storyId, reviewId };
    if (story !== null) await this.notifier.tell(story.authorId, 'review', subject);
  }

  /** The reader is told of the answer; not of how it is changed. */
  async replied({ reviewId, storyId, userId, repliedBy }: ReviewEntity): Promise<void> {
    const subject = { key: String(reviewId), actorId: repliedBy!, storyId, reviewId };
    await this.notifier.tell(userId, 'review-reply', subject);
  }
}

const deedOf = ({ userId, storyId, createdAt }: ReviewEntity): Deed => ({
  ...{ actorId: userId, kind: 'rated', subject: aboutStory(storyId), at: createdAt },
});
