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

/**
 * Plays the rest of a path, choice by choice.
 * @param begun where the playthrough stands after the first `from` choices of the path
 * @param now the server's clock: a timed node that is come to starts its time
 * @throws {ApiError} `BAD_USER_INPUT` naming the first choice that could not have been made there
 */
export function walk(
  graph: CompiledStory,
  begun: PlayState,
  path: readonly { nodeId: number; choiceId: number }[],
  { from, now }: { from: number; now: number },
): WalkedPath {
  let state = begun;
  const steps = path.slice(from).map(({ nodeId, choiceId }, i): PathStep => {
    const place = from + i;
    if (nodeId !== state.node) throw notThere(placeOf(place, 'nodeId'), state.node);
    if (state.enteredAt !== undefined) throw needsServer(placeOf(place, 'choiceId'));
    const step = choose(graph, state, choiceId, { now });
    if (isRejection(step)) throw refusal(step.rejected, place);
    const { outcome } = recorded(state, step, { now, answer: undefined, choiceId });
    state = step.state;
    return { nodeId, choiceId, toNodeId: state.node, outcome };
  });
  return { steps, state };
}

const placeOf = (place: number, field: string) => `input.choicesMade.${place}.${field}`;

const refusal = (reason: string, place: number): ApiError =>
  reason === 'ended'
    ? pathGoesOnPastEnding(placeOf(place, 'nodeId'))
    : reason === 'random-needed' || reason === 'answer-needed'
      ? needsServer(placeOf(place, 'choiceId'))
      : notAChoiceHere(placeOf(place, 'choiceId'));
