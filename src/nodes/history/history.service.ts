import { Injectable } from '@nestjs/common';
import { breachedConstraint } from '../../database/breached-constraint.js';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { DraftChangeEntity } from '../../stories/changes/draft-change.entity.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { ChoiceRepository } from '../choices/choice.repository.js';
import { letterOf } from '../choices/letters.js';
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
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly changes: DraftChanges,
    private readonly history: HistoryRepository,
    private readonly choices: ChoiceRepository,
  ) {}

  /**
   * Takes back a change: the one named, whoever made it, or the last one of the viewer's that stands.
   * @returns the change that does so
   * @throws {ApiError} `CONFLICT` when a later change wrote the same fields, or there is nothing to take back
   */
  async undo(viewer: Viewer, storyId: number, changeId?: number): Promise<DraftChangeEntity> {
    await this.stories.getEditable(viewer, storyId);
    return this.#go(viewer, storyId, 'undo', async () =>
      changeId === undefined
        ? (await this.history.lastStanding([storyId], viewer.userId)).get(storyId)
        : this.#standing(storyId, changeId),
    );
  }

  /**
   * Makes the change again that the viewer took back last, whoever made it first, unless they have changed something
   * else since.
   * @returns the change that does so
   * @throws {ApiError} `CONFLICT` when a later change wrote the same fields, or there is nothing to make again
   */
  async redo(viewer: Viewer, storyId: number): Promise<DraftChangeEntity> {
    await this.stories.getEditable(viewer, storyId);
    return this.#go(viewer, storyId, 'redo', async () =>
      (await this.history.lastUndone([storyId], viewer.userId)).get(storyId),
    );
  }

  async #standing(storyId: number, changeId: number): Promise<DraftChangeEntity> {
    const change = await this.history.findById(changeId);
    if (change?.storyId !== storyId) throw noSuchChange();
    if (change.kind === 'undo' || change.kind === 'redo') throw cannotBeUndone();
    if (change.undoneBy !== null) throw isUndoneAlready();
    return change;
  }

  /** @param find finds the change to go through. One call has its turn after another, so that each finds the next one */
  #go(
    viewer: Viewer,
    storyId: number,
    kind: 'undo' | 'redo',
    find: () => Promise<DraftChangeEntity | undefined>,
  ): Promise<DraftChangeEntity> {
    return this.database.transaction(async () => {
      await this.storyRepository.lock(storyId);
      const change = await find();
      if (change === undefined) throw nothingTo(kind);
      return this.changes.by(viewer, storyId, (id) => this.#goThrough(change, kind, id), { kind });
    });
  }

  /** @param id that of the change that does so */
  async #goThrough(
    { changeId }: DraftChangeEntity,
    kind: 'undo' | 'redo',
    id: number,
  ): Promise<DraftChangeEntity> {
    const [from, to, done] =
      kind === 'undo'
        ? (['after', 'before', 'undone'] as const)
        : (['before', 'after', 'redone'] as const);
    const later = await this.history.standingInTheWay(changeId, from);
    if (later !== undefined) throw laterChange(done, later);
    await this.history.apply(changeId, to).catch((error: unknown) => {
      if (breachedConstraint(error)?.startsWith('story_nodes_') !== true) throw error;
      throw keyIsTaken(done);
    });
    await this.#rearrange(changeId);
    await this.history.markUndone(changeId, kind === 'undo' ? id : null);
    return (await this.history.findById(id))!;
  }

  /** Others may have added choices beside those that are back now, or that are gone. */
  async #rearrange(changeId: number): Promise<void> {
    const misplaced = await this.history.misplacedChoices(changeId);
    const places = misplaced.map(({ choiceId, place }) => ({
      choiceId,
      order: place,
      letter: letterOf(place - 1),
    }));
    if (places.length > 0) await this.choices.arrange(places);
  }
}
