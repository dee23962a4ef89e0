import { choose, isRejection, start, type PlayState } from '../../engine/core/play.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { badField, type ApiError } from '../../graphql/errors.js';
import { needsServer, notAChoiceHere, notThere, pathGoesOnPastEnding } from '../progress.errors.js';
import type { PathStep } from './progress.repository.js';

export interface WalkedPath {
  readonly steps: readonly PathStep[];
  /** Where the path ends. */
  readonly state: PlayState;
}

/**
 * Plays a path from the start of the story, choice by choice.
 * @throws {ApiError} `BAD_USER_INPUT` naming the first choice that could not have been made there
 */
export function walk(
  graph: CompiledStory,
  path: readonly { nodeId: number; choiceId: number }[],
): WalkedPath {
  const begun = start(graph);
  if (isRejection(begun)) throw badField('input.storyId', 'this story has no start');
  let { state } = begun;
  const steps = path.map(({ nodeId, choiceId }, place): PathStep => {
    if (nodeId !== state.node) throw notThere(placeOf(place, 'nodeId'), state.node);
    const step = choose(graph, state, choiceId);
    if (isRejection(step)) throw refusal(step.rejected, place);
    state = step.state;
    return { nodeId, choiceId, toNodeId: state.node };
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
