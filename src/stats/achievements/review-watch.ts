import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReviewChanges } from '../../social/ratings/review-changes.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { AwardTallyRepository } from '../counting/award-tally.repository.js';
import { FactCounter } from '../counting/fact-counter.js';

/** Has the achievements of a reviewer, and of the author of the story, looked at when a review changes: as publications. */
@Injectable()
export class ReviewWatch implements OnModuleInit {
  constructor(
    private readonly changes: ReviewChanges,
    private readonly stories: StoryRepository,
    private readonly awards: AwardTallyRepository,
    private readonly counter: FactCounter,
  ) {}

  onModuleInit(): void {
    this.changes.listen(async ({ storyId, userId }) => {
      const story = await this.stories.findById(storyId);
      await this.awards.ask(story === null ? [userId] : [userId, story.authorId]);
      this.counter.wake();
    });
  }
}
