import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Publications } from '../../publishing/versions/publications.js';
import { StoryRepository } from '../../stories/story.repository.js';
import type { ActivityKindName } from './activity.entity.js';
import { ActivityRepository } from './activity.repository.js';

/** What a deed is done to. */
export interface Subject {
  /** Names it among all subjects of the kind: the same deed again is not recorded. */
  readonly key: string;
  /** The story that it is about: it shows only while that is published. */
  readonly storyId?: number;
}

export interface Deed {
  readonly actorId: number;
  readonly kind: ActivityKindName;
  readonly subject: Subject;
  /** When it was done; now when left out. */
  readonly at?: Date;
}

export const aboutStory = (storyId: number): Subject => ({ key: `story:${storyId}`, storyId });

/** Records what people do, once, in the transaction that the caller stands in; who may see it is asked when it is read. */
@Injectable()
export class Activities implements OnModuleInit {
  constructor(
    private readonly activities: ActivityRepository,
    private readonly publications: Publications,
    private readonly stories: StoryRepository,
  ) {}

  onModuleInit(): void {
    this.publications.listen(async ({ storyId }) => {
      const story = await this.stories.findById(storyId);
      const actorId = story!.authorId;
      await this.record([{ actorId, kind: 'published', subject: aboutStory(storyId) }]);
    });
  }

  async record(deeds: readonly Deed[]): Promise<void> {
    if (deeds.length === 0) return;
    await this.activities.insert(
      deeds.map(({ actorId, kind, subject, at = new Date() }) => ({
        ...{ actorId, kind, at },
        ...{ subject: subject.key, storyId: subject.storyId ?? null },
      })),
    );
  }

  /** Takes back what somebody did, as if they never had. */
  async retract({ actorId, kind, subject }: Deed): Promise<void> {
    await this.activities.delete(actorId, kind, subject.key);
  }
}
