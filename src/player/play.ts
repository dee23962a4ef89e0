import type { Value } from '../engine/core/definition.js';
import {
  choose,
  isRejection,
  returned,
  start,
  type PlayEvent,
  type PlayState,
} from '../engine/core/play.js';
import { randomAt } from '../engine/core/random.js';
import { readerValueProblems, withReaderValues } from '../engine/core/reader-values.js';
import { stateProblems } from '../engine/core/state.js';
import type { CompiledStory } from '../engine/core/story.js';

/** A playthrough. Plain JSON: it is kept as it is. */
export interface Play {
  readonly seed: string;
  readonly state: PlayState;
  /** Where the reader stood before each of the last choices: what undoing goes back to. */
  readonly before: readonly PlayState[];
}

/** A playthrough after something was done in it, and what that brought about. */
export interface Outcome {
  readonly play: Play;
  readonly events: readonly PlayEvent[];
}

/** How many choices can be taken back. */
const MOST_BACK = 200;

/** @returns undefined when the story has no start */
export function begin(
  story: CompiledStory,
  { seed, now, protagonist }: { seed: string; now: number; protagonist?: string },
): Outcome | undefined {
  const step = start(story, { now, ...(protagonist !== undefined && { protagonist }) });
  if (isRejection(step)) return undefined;
  return { play: { seed, state: step.state, before: [] }, events: step.events };
}

/** Makes a choice, as the server would. @returns undefined when it cannot be made */
export function chosen(
  story: CompiledStory,
  { seed, state, before }: Play,
  choiceId: number,
  { now, answer }: { now: number; answer?: string },
): Outcome | undefined {
  const random = randomAt(seed, state.turn);
  const step = choose(story, state, choiceId, {
    now,
    random,
    ...(answer !== undefined && { answer }),
  });
  if (isRejection(step)) return undefined;
  return {
    play: { seed, state: step.state, before: [...before, state].slice(-MOST_BACK) },
    events: step.events,
  };
}

export const canUndo = ({ schema }: CompiledStory, { before }: Play): boolean =>
  schema.undo === true && before.length > 0;

/** Takes back the last choice; there is one. */
export const undone = ({ seed, before }: Play, now: number): Play => ({
  seed,
  state: returned(before.at(-1)!, now),
  before: before.slice(0, -1),
});

/** Sets a variable that the author lets readers set. @returns why it cannot be set, as a text, when it cannot */
export function withValue(
  story: CompiledStory,
  play: Play,
  name: string,
  value: Value,
): Play | string {
  const [problem] = readerValueProblems(story, { [name]: value });
  if (problem !== undefined) return problem.message;
  return { ...play, state: withReaderValues(play.state, { [name]: value }) };
}

/** A playthrough that was kept, unless it is none of this story. */
export function restored(story: CompiledStory, kept: unknown): Play | undefined {
  const { seed, state, before } = (kept ?? {}) as { [Key in keyof Play]?: unknown };
  if (typeof seed !== 'string' || !Array.isArray(before)) return undefined;
  const states: unknown[] = [state, ...(before as unknown[])];
  if (states.some((each) => stateProblems(story, each).length > 0)) return undefined;
  return { seed, state: state as PlayState, before: before as PlayState[] };
}
