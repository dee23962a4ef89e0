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
import type { CompiledStory } from '../../engine/core/story.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';

/** A step that cannot have been made: the version, the seed or a step is not what it was. */
export class ReplayError extends Error {}

type Replayed = Pick<ProgressEntity, 'progressId' | 'seed' | 'startTime' | 'state'>;

/**
 * Plays a playthrough again from its seed and its steps.
 * @param steps the first steps, in order
 * @returns what came of the start and then of each step, exactly as it did then: one more than there are steps
 * @throws {ReplayError}
 */
export function replay(
  story: CompiledStory,
  progress: Replayed,
  steps: readonly ProgressStepEntity[],
): Step[] {
  const { protagonist } = progress.state;
  const now = progress.startTime.getTime();
  const done = [
    made(progress, start(story, { now, ...(protagonist !== undefined && { protagonist }) })),
  ];
  for (const [place, step] of steps.entries()) {
    if (step.seq !== place)
      throw new ReplayError(`Step ${place} of ${progress.progressId} is gone.`);
    done.push(again(story, progress, step, done));
  }
  return done;
}

function again(
  story: CompiledStory,
  progress: Replayed,
  { choiceId, outcome }: ProgressStepEntity,
  done: readonly Step[],
): Step {
  const { state } = done.at(-1)!;
  const { now, answer, asked, back, set } = outcome ?? {};
  if (back !== undefined) {
    const then = done[back];
    if (then === undefined) throw new ReplayError(`${progress.progressId} goes back to nowhere.`);
    return { state: returned(then.state, now), events: [] };
  }
  if (set !== undefined) {
    if (readerValueProblems(story, set).length > 0)
      throw new ReplayError(`${progress.progressId} sets what readers may not.`);
    return { state: withReaderValues(state, set), events: [] };
  }
  return made(
    progress,
    choose(story, state, asked ?? choiceId!, {
      random: randomAt(progress.seed, state.turn),
      ...(now !== undefined && { now }),
      ...(answer !== undefined && { answer }),
    }),
  );
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
