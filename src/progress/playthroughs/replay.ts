import { choose, isRejection, start, type Step } from '../../engine/core/play.js';
import { seededRandom } from '../../engine/core/random.js';
import type { CompiledStory } from '../../engine/core/story.js';
import type { ProgressStepEntity } from './progress-step.entity.js';
import type { ProgressEntity } from './progress.entity.js';

/** What chance is drawn from on one step: the same on every replay. */
export const randomAt = ({ seed }: Pick<ProgressEntity, 'seed'>, step: number) =>
  seededRandom(`${seed}:${step}`);

/**
 * Plays a playthrough again from its seed and its steps.
 * @param steps the first steps, in order
 * @returns what the last of them brought about, exactly as it did then
 * @throws when a step cannot be made: then the version, the seed or a step is not what it was
 */
export function replay(
  story: CompiledStory,
  progress: Pick<ProgressEntity, 'progressId' | 'seed' | 'startTime' | 'state'>,
  steps: readonly ProgressStepEntity[],
): Step {
  const { protagonist } = progress.state;
  const now = progress.startTime.getTime();
  let result = start(story, { now, ...(protagonist !== undefined && { protagonist }) });
  for (const { seq, choiceId, outcome } of steps) {
    if (isRejection(result)) break;
    result = choose(story, result.state, outcome?.asked ?? choiceId, {
      random: randomAt(progress, seq),
      ...(outcome?.now !== undefined && { now: outcome.now }),
      ...(outcome?.answer !== undefined && { answer: outcome.answer }),
    });
  }
  if (isRejection(result)) {
    throw new Error(`Playthrough ${progress.progressId} does not replay: ${result.rejected}`);
  }
  return result;
}
