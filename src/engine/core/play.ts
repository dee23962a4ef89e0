import { NONE, type StoryGraph } from './graph.js';

/** Where a playthrough stands. Plain JSON; nothing else is needed to go on. */
export interface PlayState {
  /** The id of the current node. */
  readonly node: number;
  /** How many choices have been made. */
  readonly turn: number;
}

/** What a step brought about, in the order in which it happened. */
export type PlayEvent =
  | { readonly type: 'consequences'; readonly text: string }
  | { readonly type: 'entered'; readonly node: number }
  | { readonly type: 'ended'; readonly node: number };

export interface Step {
  readonly state: PlayState;
  readonly events: readonly PlayEvent[];
}

/** Why a step was not taken. Nothing has changed. */
export type Rejection =
  /** The story has no start to begin at. */
  | { readonly rejected: 'no-start' }
  /** The state stands on a node that the story does not have. */
  | { readonly rejected: 'unknown-node' }
  /** The state stands on an ending. */
  | { readonly rejected: 'ended' }
  /** The choice is not one of the current node's. */
  | { readonly rejected: 'no-such-choice' }
  /** The choice leads nowhere. */
  | { readonly rejected: 'no-target' };

export const isRejection = (result: Step | Rejection): result is Rejection => 'rejected' in result;

/** Begins a playthrough. */
export function start(graph: StoryGraph): Step | Rejection {
  return graph.start === NONE ? { rejected: 'no-start' } : enter(graph, graph.start, 0, []);
}

/**
 * Takes a choice. Pure: the same graph, state and choice give the same step.
 * @param choiceId the id of one of the current node's choices
 */
export function choose(graph: StoryGraph, state: PlayState, choiceId: number): Step | Rejection {
  const node = graph.indexOfNode.get(state.node);
  if (node === undefined) return { rejected: 'unknown-node' };
  if (graph.nodes[node]!.type === 'ending') return { rejected: 'ended' };
  const place = graph.nodes[node]!.choices.findIndex(({ id }) => id === choiceId);
  if (place === -1) return { rejected: 'no-such-choice' };
  const target = graph.target[graph.firstChoice[node]! + place]!;
  if (target === NONE) return { rejected: 'no-target' };
  const { consequences } = graph.nodes[node]!.choices[place]!;
  const told: PlayEvent[] =
    consequences === null ? [] : [{ type: 'consequences', text: consequences }];
  return enter(graph, target, state.turn + 1, told);
}

function enter(graph: StoryGraph, index: number, turn: number, told: readonly PlayEvent[]): Step {
  const { id, type } = graph.nodes[index]!;
  const events: PlayEvent[] = [...told, { type: 'entered', node: id }];
  if (type === 'ending') events.push({ type: 'ended', node: id });
  return { state: { node: id, turn }, events };
}
