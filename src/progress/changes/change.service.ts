import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Value } from '../../engine/core/definition.js';
import { returned } from '../../engine/core/play.js';
import { readerValueProblems, withReaderValues } from '../../engine/core/reader-values.js';
import { badUserInput } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import {
  aheadOfProgress,
  nothingToUndo,
  otherChoiceMade,
  playthroughEnded,
  undoNotAllowed,
} from '../progress.errors.js';
import { KnownPlaythroughs } from '../playthroughs/known-playthroughs.js';
import type { StepOutcome } from '../playthroughs/progress-step.entity.js';
import type { ProgressEntity } from '../playthroughs/progress.entity.js';
import { ProgressRepository } from '../playthroughs/progress.repository.js';
import { ProgressService } from '../playthroughs/progress.service.js';
import { standingOf } from '../playthroughs/record.js';
import { Playback } from '../playthroughs/playback.js';
import { standing } from '../playthroughs/replay.js';
import type { SetVariablesInput, UndoInput } from './change.inputs.js';

/** What readers do between choices. Each is a step of the playthrough, so that a replay holds. */
@Injectable()
export class ChangeService {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedStories,
    private readonly progress: ProgressRepository,
    private readonly playthroughs: ProgressService,
    private readonly playback: Playback,
    private readonly known: KnownPlaythroughs,
  ) {}

  /** Takes back the last choices, where the story allows it. Endings that were reached stay reached. */
  async undo(viewer: Viewer, progressId: number, input: UndoInput): Promise<ProgressEntity> {
    const progress = await this.playthroughs.get(viewer, progressId);
    const { graph } = await this.published.get(progress.versionId);
    if (graph.schema.undo !== true) throw undoNotAllowed();
    if (input.step < progress.step) return this.#repeat(progress, input.step, undefined);
    const back = await this.progress.lastStanding(progressId, input.choices);
    if (back === undefined) throw nothingToUndo(progress.state.turn);
    return this.goBack(progress, input.step, back);
  }

  /**
   * Puts a playthrough back to where it stood before one of its steps, on the version that it was on then.
   * @param step the number of the step that this makes
   * @throws {ApiError} `CONFLICT` when the playthrough is not at that step any more
   */
  async goBack(progress: ProgressEntity, step: number, back: number): Promise<ProgressEntity> {
    if (step > progress.step) throw aheadOfProgress(progress, step);
    const steps = await this.progress.findSteps(progress.progressId, progress.step);
    const now = Date.now();
    const then = (await this.playback.again(progress, steps.slice(0, back))).at(-1)!;
    const state = returned(then.state, now);
    const changed = await this.database.transaction(async () => {
      const made = await this.#make(then.story, progress, step, state, {
        back,
        ...(state.enteredAt !== undefined && { now }),
      });
      await this.progress.markUndone(progress.progressId, standing(steps.slice(0, back)));
      return made;
    });
    this.known.keep(changed);
    return changed;
  }

  /** Sets variables that the author lets readers set. */
  async setVariables(
    viewer: Viewer,
    progressId: number,
    { step, variables }: SetVariablesInput,
  ): Promise<ProgressEntity> {
    const progress = await this.playthroughs.get(viewer, progressId);
    const story = await this.published.get(progress.versionId);
    const set: Record<string, Value> = Object.fromEntries(
      variables.map(({ name, value }) => [name, value]),
    );
    if (step < progress.step) return this.#repeat(progress, step, set);
    const problems = readerValueProblems(story.graph, set).map(({ name, message }) => ({
      path: `input.variables.${variables.findIndex((each) => each.name === name)}`,
      message,
    }));
    if (problems.length > 0) throw badUserInput(problems);
    if (step > progress.step) throw aheadOfProgress(progress, step);
    if (progress.isCompleted) throw playthroughEnded();
    const state = withReaderValues(progress.state, set);
    const changed = await this.#make(story, progress, step, state, { set });
    this.known.keep(changed);
    return changed;
  }

  /** @param story the version that the playthrough is on then */
  async #make(
    story: PublishedStory,
    progress: ProgressEntity,
    step: number,
    state: ProgressEntity['state'],
    outcome: StepOutcome,
  ): Promise<ProgressEntity> {
    const changed = await this.progress.change({
      progressId: progress.progressId,
      step,
      nodeId: progress.currentNodeId,
      versionId: story.versionId,
      outcome,
      state,
      ...standingOf(story, state),
    });
    if (changed === undefined) throw otherChoiceMade(progress, step);
    return changed;
  }

  /** The same call again changes nothing; another one on a step that is made is refused. */
  async #repeat(
    progress: ProgressEntity,
    step: number,
    set: Readonly<Record<string, Value>> | undefined,
  ): Promise<ProgressEntity> {
    const made = await this.progress.findStep(progress.progressId, step);
    const isSame =
      set === undefined
        ? made?.outcome?.back !== undefined
        : isDeepStrictEqual(made?.outcome?.set, set);
    if (!isSame) throw otherChoiceMade(progress, step);
    return progress;
  }
}
