import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryDraft } from '../drafts/draft.type.js';
import { HistoryRepository } from './history.repository.js';
import { DraftChange, toDraftChange } from './history.type.js';

/** What the viewer can take back of drafts, and make again. */
@Resolver(() => StoryDraft)
export class DraftHistoryResolver {
  constructor(private readonly history: HistoryRepository) {}

  @ResolveField(() => DraftChange, {
    nullable: true,
    description: 'Your last change that stands, which undoDraft takes back; null without one.',
  })
  undoable(
    @Parent() { storyId }: StoryDraft,
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftChange | null> {
    return this.#newest('lastStanding', storyId, viewer, loaders);
  }

  @ResolveField(() => DraftChange, {
    nullable: true,
    description:
      'The change that you took back last, which redoDraft makes again; null without one, or when you have changed something else since.',
  })
  redoable(
    @Parent() { storyId }: StoryDraft,
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftChange | null> {
    return this.#newest('lastUndone', storyId, viewer, loaders);
  }

  async #newest(
    which: 'lastStanding' | 'lastUndone',
    storyId: number,
    { userId }: Viewer,
    loaders: Loaders,
  ): Promise<DraftChange | null> {
    const change = await loaders
      .about(this, which, (storyIds) => this.history[which](storyIds, userId), undefined)
      .load(storyId);
    return change === undefined ? null : toDraftChange(change);
  }
}
