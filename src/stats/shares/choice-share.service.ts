import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { offersAt } from '../../engine/core/offer.js';
import { readMemory } from '../../engine/core/state.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { Left } from '../../progress/playthroughs/progress.type.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { ChoiceShareRepository } from './choice-share.repository.js';
import type { ChoiceShare } from './choice-share.type.js';
import { sharesOf } from './shares.js';

/** How others chose, for readers who have chosen, where the author allows that. */
@Injectable()
export class ChoiceShareService {
  constructor(
    private readonly config: Config,
    private readonly stories: StoryService,
    private readonly shares: ChoiceShareRepository,
  ) {}

  /** @param left where the choice was made, and what the reader was offered there */
  async sharesAt({ story, state }: Left): Promise<ChoiceShare[] | null> {
    const { graph, versionId } = story;
    const node = graph.indexOfNode.get(state.node)!;
    const offered = offersAt(graph, readMemory(graph, state), node);
    const least = this.config.analyticsMinReaders;
    const counts = await this.shares.counts(versionId, state.node, least);
    return sharesOf(
      offered.map(({ choice }) => choice.id),
      counts,
      least,
    );
  }

  /** @throws {ApiError} as all that only the owner and the editors may */
  async show(viewer: Viewer, storyId: number, show: boolean): Promise<StoryEntity> {
    const story = await this.stories.getPublishable(viewer, storyId);
    await this.shares.show(storyId, show);
    return { ...story, showChoiceShares: show };
  }
}
