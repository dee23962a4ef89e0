import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Publications } from '../../publishing/versions/publications.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { AwardTallyRepository } from '../counting/award-tally.repository.js';
import { FactCounter } from '../counting/fact-counter.js';

/** Has the achievements of authors looked at when they publish: noted in the same transaction, so that none is lost. */
@Injectable()
export class PublicationWatch implements OnModuleInit {
  constructor(
    private readonly publications: Publications,
    private readonly stories: StoryRepository,
    private readonly awards: AwardTallyRepository,
    private readonly counter: FactCounter,
  ) {}

  onModuleInit(): void {
    this.publications.listen(async ({ storyId }) => {
      const story = await this.stories.findById(storyId);
      if (story !== null) await this.awards.ask([story.authorId]);
      this.counter.wake();
    });
  }
}
