import { Injectable } from '@nestjs/common';
import { breachedConstraint } from '../../database/breached-constraint.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { DraftChangeEntity } from '../../stories/changes/draft-change.entity.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { StoryService } from '../../stories/story.service.js';
import {
  cannotBeUndone,
  isUndoneAlready,
  keyIsTaken,
  laterChange,
  noSuchChange,
  nothingTo,
} from './history.errors.js';
import { HistoryRepository } from './history.repository.js';

/** Takes changes of drafts back, and makes them again. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly history: HistoryRepository,
  ) {}

  /**
   * Takes back a change: the one named, whoever made it, or the last one of the viewer's that stands.
   * @returns the change that does so
   * @throws {ApiError} `CONFLICT` when a later change wrote the same fields, or there is nothing to take back
   */
  async undo(viewer: Viewer, storyId: number, changeId?: number): Promise<DraftChangeEntity> {
    await this.stories.getEditable(viewer, storyId);
    const change =
      changeId === undefined
        ? await this.history.lastStanding(storyId, viewer.userId)
        : await this.#standing(storyId, changeId);
    if (change === null) throw nothingTo('undo');
    return this.#go(viewer, change, 'undo');
  }

  /** Makes the change again that the viewer took back last, unless they have changed something else since. */
  async redo(viewer: Viewer, storyId: number): Promise<DraftChangeEntity> {
    await this.stories.getEditable(viewer, storyId);
    const change = await this.history.lastUndone(storyId, viewer.userId);
    if (change === null) throw nothingTo('redo');
    return this.#go(viewer, change, 'redo');
  }

  async #standing(storyId: number, changeId: number): Promise<DraftChangeEntity> {
    const change = await this.history.findById(changeId);
    if (change?.storyId !== storyId) throw noSuchChange();
    if (change.kind === 'undo' || change.kind === 'redo') throw cannotBeUndone();
    if (change.undoneBy !== null) throw isUndoneAlready();
    return change;
  }

  async #go(
    viewer: Viewer,
    { storyId, changeId }: DraftChangeEntity,
    kind: 'undo' | 'redo',
  ): Promise<DraftChangeEntity> {
    const [from, to, done] =
      kind === 'undo'
        ? (['after', 'before', 'undone'] as const)
        : (['before', 'after', 'redone'] as const);
    return this.changes
      .by(
        viewer,
        storyId,
        async (id) => {
          const later = await this.history.standingInTheWay(changeId, from);
          if (later !== undefined) throw laterChange(done, later);
          await this.history.apply(changeId, to);
          await this.history.markUndone(changeId, kind === 'undo' ? id : null);
          return (await this.history.findById(id))!;
        },
        { kind },
      )
      .catch((error: unknown) => {
        if (breachedConstraint(error)?.startsWith('story_nodes_') !== true) throw error;
        throw keyIsTaken(done);
      });
  }
}
