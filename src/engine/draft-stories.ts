import { Injectable } from '@nestjs/common';
import type { Viewer } from '../graphql/viewer.js';
import { StoryService } from '../stories/story.service.js';
import { compile, type CompiledStory } from './core/story.js';
import { DraftDefinitionRepository } from './draft-definition.repository.js';

/** Drafts ready to be looked into, for those who may see them. */
@Injectable()
export class DraftStories {
  constructor(
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
  ) {}

  /** @throws {ApiError} `NOT_FOUND` or `FORBIDDEN` unless the viewer may see the draft */
  async compiled(viewer: Viewer, storyId: number): Promise<CompiledStory> {
    await this.stories.getInspectable(viewer, storyId);
    return compile(await this.drafts.load(storyId));
  }
}
