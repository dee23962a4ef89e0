import { Injectable } from '@nestjs/common';
import { inKeyOrder, type BatchSource } from '../graphql/loaders.js';
import type { StoryEntity } from './story.entity.js';
import { StoryRepository } from './story.repository.js';

/** Deleted stories included: whoever asks by id has already been let in by something that refers to it. */
@Injectable()
export class StoryById implements BatchSource<number, StoryEntity | undefined> {
  constructor(private readonly stories: StoryRepository) {}

  async loadMany(storyIds: readonly number[]) {
    return inKeyOrder(storyIds, await this.stories.findByIds(storyIds), (story) => story.storyId);
  }
}
