import { Passage } from '../../engine/core/move.js';
import {
  choose,
  isRejection,
  returned,
  start,
  type Rejection,
  type Step,
} from '../../engine/core/play.js';
import { randomAt } from '../../engine/core/random.js';
import { readerValueProblems, withReaderValues } from '../../engine/core/reader-values.js';
import type { PublishedStory } from '../../publishing/reader/published-story.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';

/** A step that cannot have been made: the version, the seed or a step is not what it was. */
export class ReplayError extends Error {}

type Replayed = Pick<
  ProgressEntity,
  'progressId' | 'seed' | 'startTime' | 'state' | 'versionId' | 'firstVersionId'
>;

/** What came of one step, on the version that the playthrough was on after it. */
export interface Frame extends Step {
  readonly story: PublishedStory;
}

/** The version that a playthrough began with. */
export const firstVersionOf = ({ firstVersionId, versionId }: Replayed): number =>
  firstVersionId ?? versionId;

/**
 * Plays a playthrough again from its seed and its steps.
 * @param stories the versions that it has been on, by id
 * @param steps the first steps, in order
 * @returns what came of the start and then of each step, exactly as it did then: one more than there are steps
 * @throws {ReplayError}
 */
export function replay(
  stories: ReadonlyMap<number, PublishedStory>,
  progress: Replayed,
  steps: readonly ProgressStepEntity[],
): Frame[] {
  const { protagonist } = progress.state;
  const now = progress.startTime.getTime();
  const story = stories.get(firstVersionOf(progress))!;
  const begun = start(story.graph, { now, ...(protagonist !== undefined && { protagonist }) });
  const done: Frame[] = [{ ...made(progress, begun), story }];
  for (const [place, step] of steps.entries()) {
    if (step.seq !== place)
      throw new ReplayError(`Step ${place} of ${progress.progressId} is gone.`);
    done.push(again(stories, progress, step, done));
  }
  return done;
}

function again(
  stories: ReadonlyMap<number, PublishedStory>,
  progress: Replayed,
  step: ProgressStepEntity,
  done: readonly Frame[],
): Frame {
  const { state, story } = done.at(-1)!;
  const { choiceId, outcome } = step;
  const { now, answer, asked, back, set, moved } = outcome ?? {};
  if (back !== undefined) {
    const then = done[back];
    if (then === undefined) throw new ReplayError(`${progress.progressId} goes back to nowhere.`);
    return { ...then, state: returned(then.state, now), events: [] };
  }
  if (set !== undefined) {
    if (readerValueProblems(story.graph, set).length > 0)
      throw new ReplayError(`${progress.progressId} sets what readers may not.`);
    return { state: withReaderValues(state, set), events: [], story };
  }
  if (moved !== undefined) return movedAgain(stories, progress, step, done.at(-1)!);
  const result = choose(story.graph, state, asked ?? choiceId!, {
    random: randomAt(progress.seed, state.turn),
    takesAnyAnswer: true,
    ...(now !== undefined && { now }),
    ...(answer !== undefined && { answer }),
  });
  return { ...made(progress, result), story };
}

function movedAgain(
  stories: ReadonlyMap<number, PublishedStory>,
  { progressId }: Replayed,
  { toNodeId, outcome }: ProgressStepEntity,
  { state, story: from }: Frame,
): Frame {
  const to = stories.get(outcome!.moved!.to);
  if (to === undefined || outcome!.moved!.from !== from.versionId)
    throw new ReplayError(`${progressId} was moved from a version that it was not on.`);
  const moved = new Passage(from.graph, to.graph).moveTo(state, toNodeId, outcome!.now);
  if (typeof moved === 'string') throw new ReplayError(`${progressId} was moved over ${moved}.`);
  return { state: moved.state, events: [], story: to };
}

function made({ progressId }: Replayed, result: Step | Rejection): Step {
  if (!isRejection(result)) return result;
  throw new ReplayError(`Playthrough ${progressId} does not replay: ${result.rejected}.`);
}

/**
 * The choices that stand at some point of a playthrough: those made before it that were not gone back on.
 * @param steps all steps before that point, in order
 * @returns the numbers of their steps, in order
 */
export function standing(
  steps: readonly Pick<ProgressStepEntity, 'seq' | 'choiceId' | 'outcome'>[],
): number[] {
  interface Last {
    readonly seq: number;
    readonly before: Last | undefined;
  }
  const last: (Last | undefined)[] = [undefined];
  for (const { seq, choiceId, outcome } of steps) {
    const before = last.at(-1);
    if (outcome?.back !== undefined) last.push(last[outcome.back]);
    else last.push(choiceId === null ? before : { seq, before });
  }
  const path: number[] = [];
  for (let choice = last.at(-1); choice !== undefined; choice = choice.before)
    path.push(choice.seq);
  return path.reverse();
}
