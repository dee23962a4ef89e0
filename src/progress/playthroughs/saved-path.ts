import { choose, isRejection, type PlayState } from '../../engine/core/play.js';
import type { CompiledStory } from '../../engine/core/story.js';
import type { ApiError } from '../../graphql/errors.js';
import { needsServer, notAChoiceHere, notThere, pathGoesOnPastEnding } from '../progress.errors.js';
import type { PathStep } from './progress.repository.js';
import { recorded } from './record.js';

export interface WalkedPath {
  readonly steps: readonly PathStep[];
  /** Where the path ends. */
  readonly state: PlayState;
}

/** A path that could not have been played. */
export interface Impasse {
  /** The first choice that could not have been made, counted from 0. */
  readonly at: number;
  /** `BAD_USER_INPUT` naming that choice and why. */
  readonly error: ApiError;
}

export const isImpasse = (walked: WalkedPath | Impasse): walked is Impasse => 'error' in walked;

/**
 * Plays the rest of a path, choice by choice.
 * @param begun where the playthrough stands after the first `from` choices of the path
 * @param now the server's clock: a timed node that is come to starts its time
 */
export function walk(
  graph: CompiledStory,
  begun: PlayState,
  path: readonly { nodeId: number; choiceId: number }[],
  { from, now }: { from: number; now: number },
): WalkedPath | Impasse {
  let state = begun;
  const steps: PathStep[] = [];
  for (const [i, { nodeId, choiceId }] of path.slice(from).entries()) {
    const at = from + i;
    if (nodeId !== state.node) return { at, error: notThere(placeOf(at, 'nodeId'), state.node) };
    if (state.enteredAt !== undefined) return { at, error: needsServer(placeOf(at, 'choiceId')) };
    const step = choose(graph, state, choiceId, { now });
    if (isRejection(step)) return { at, error: refusal(step.rejected, at) };
    const { outcome, collected } = recorded(state, step, { now, answer: undefined, choiceId });
    state = step.state;
    steps.push({
      ...{ nodeId, choiceId, toNodeId: state.node, collected },
      outcome: { ...outcome, offline: true },
    });
  }
  return { steps, state };
}

const placeOf = (place: number, field: string) => `input.choicesMade.${place}.${field}`;

const refusal = (reason: string, place: number): ApiError =>
  reason === 'ended'
    ? pathGoesOnPastEnding(placeOf(place, 'nodeId'))
    : reason === 'random-needed' || reason === 'answer-needed'
      ? needsServer(placeOf(place, 'choiceId'))
      : notAChoiceHere(placeOf(place, 'choiceId'));
