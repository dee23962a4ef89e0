import type { Closed } from '../machine.js';
import { NONE } from '../graph.js';
import { closed } from '../machine.js';
import { writtenButNeverRead } from '../usage.js';
import type { Slot } from '../layout.js';
import type { CompiledStory } from '../story.js';
import { Exploration } from './exploration.js';
import { follow, stepOf, witnessOf, type Witness, type WitnessStep } from './witness.js';

/** Whether readers can come to something. `unknown` where the bound on states was used up before it was settled. */
export type Verdict =
  Reachable | { readonly status: 'unreachable' } | { readonly status: 'unknown' };

/** Where the shortest play to something ends, and the play itself: put together when it is read. */
export interface Reachable {
  readonly status: 'reachable';
  /** The state of the exploration that the play comes to. */
  readonly state: number;
  /** What is to be done there yet. */
  readonly last: WitnessStep | undefined;
  readonly witness: Witness;
}

/** A place where a reader is lost: no ending can be reached any more. */
export interface SoftLock {
  /** The index of the node. */
  readonly node: number;
  /** `stuck`: no choice is open. `trapped`: there are choices, but none ever leads to an ending. */
  readonly kind: 'stuck' | 'trapped';
  /** The shortest play that ends there. */
  readonly witness: Witness;
  /** The node's choices, by index, that are closed there, and why. */
  readonly closed: readonly { readonly choice: number; readonly why: Closed }[];
}

export interface ConstantCondition {
  /** The index of the choice. */
  readonly choice: number;
  /** What its condition always is, whenever a reader stands at its node. */
  readonly always: boolean;
}

export interface Proof {
  /** Whether every state was looked at, so that nothing is unknown. */
  readonly isComplete: boolean;
  /** How many states were looked at. */
  readonly states: number;
  /** By node. */
  readonly nodes: readonly Verdict[];
  /** By choice: whether it can be made. */
  readonly choices: readonly Verdict[];
  /** By declared artifact and ending: whether it can be collected. */
  readonly collectibles: ReadonlyMap<Slot, Verdict>;
  /** One for each node at which readers can be lost. */
  readonly softLocks: readonly SoftLock[];
  /** Only of nodes that readers can come to, and only when every state was looked at. */
  readonly constantConditions: readonly ConstantCondition[];
  /** Checks, by the index of their choice, that always end the same way, though readers can roll for them. */
  readonly constantChecks: readonly ConstantCondition[];
  readonly neverRead: readonly Slot[];
}

/** How many states are looked at unless the caller says otherwise. */
export const MOST_STATES = 200_000;

/** Proves a story in one go. Services that must stay responsive run an {@link Exploration} in parts instead. */
export function prove(story: CompiledStory, mostStates = MOST_STATES): Proof {
  const exploration = new Exploration(story, mostStates);
  exploration.run(mostStates);
  return conclude(exploration);
}

/** What an exploration, finished or not, has shown. */
export function conclude(exploration: Exploration): Proof {
  const { story, expanded } = exploration;
  const isComplete = exploration.isComplete && exploration.slice.isExact;
  const otherwise: Verdict = { status: isComplete ? 'unreachable' : 'unknown' };
  const reached = (state: number | undefined): Verdict =>
    state === undefined || state === NONE ? otherwise : reachable(exploration, state);
  const firstAt = firstStates(exploration);
  return {
    isComplete,
    states: expanded,
    nodes: story.nodes.map((_, node) => reached(firstAt[node])),
    choices: story.choices.map((_, choice) => made(exploration, choice, otherwise)),
    collectibles: new Map(
      [...story.layout.all('artifact').values(), ...story.layout.all('ending').values()].map(
        (slot) => [slot, reached(collectedAt(exploration, firstAt, slot))],
      ),
    ),
    softLocks: softLocks(exploration),
    constantConditions: isComplete ? constantConditions(exploration) : [],
    constantChecks: isComplete ? constantChecks(exploration) : [],
    neverRead: writtenButNeverRead(story),
  };
}

const reachable = (exploration: Exploration, state: number, last?: WitnessStep): Reachable => ({
  status: 'reachable',
  state,
  last,
  get witness() {
    const { protagonist, steps } = witnessOf(exploration, state);
    return { protagonist, steps: last === undefined ? steps : [...steps, last] };
  },
});

/** By node: the first state that stands there. */
function firstStates({ story, nodes }: Exploration): Int32Array {
  const first = new Int32Array(story.nodes.length).fill(NONE);
  nodes.forEach((node, state) => {
    if (first[node] === NONE) first[node] = state;
  });
  return first;
}

/** The shortest play that ends with making a choice, by whichever outcome. */
function made(exploration: Exploration, choice: number, otherwise: Verdict): Verdict {
  const { story, openAt } = exploration;
  const state = openAt[choice]!;
  if (state === NONE) return otherwise;
  const least = story.rules[choice]!.check?.dice.count ?? 0;
  return reachable(exploration, state, stepOf(story, choice, least));
}

/** The first state in which something has been collected: entering a node or making a choice collects it. */
function collectedAt(
  { story, succeededTo }: Exploration,
  firstAt: Int32Array,
  slot: Slot,
): number | undefined {
  const byNode = story.nodes.flatMap((_, node) =>
    story.endings[node] === slot || story.entry[node]!.some((effect) => effect.slot === slot)
      ? [firstAt[node]!]
      : [],
  );
  const byChoice = story.rules.flatMap(({ effects }, choice) =>
    effects.some((effect) => effect.slot === slot) ? [succeededTo[choice]!] : [],
  );
  const states = [...byNode, ...byChoice].filter((state) => state !== NONE);
  return states.length === 0 ? undefined : Math.min(...states);
}

/** States from which neither an ending nor an unexplored state can be reached: of each node the first. */
function softLocks(exploration: Exploration): SoftLock[] {
  const { story, nodes, hasWayOn, expanded } = exploration;
  const isSafe = leadsToEnding(exploration);
  const lost = new Map<number, number>();
  for (let state = 0; state < expanded; state++) {
    const node = nodes[state]!;
    if (isSafe[state] === 1) continue;
    const known = lost.get(node);
    // Where readers can be stuck as well as trapped, being stuck is the plainer thing to show.
    if (known === undefined || (hasWayOn[known] && !hasWayOn[state])) lost.set(node, state);
  }
  return [...lost].map(([node, state]) => {
    const witness = witnessOf(exploration, state);
    const { memory } = follow(story, witness)!;
    return {
      node,
      kind: hasWayOn[state] ? 'trapped' : 'stuck',
      witness,
      closed: story.nodes[node]!.choices.flatMap((_, place) => {
        const choice = story.firstChoice[node]! + place;
        const why = closed(story, memory, choice);
        return why === undefined ? [] : [{ choice, why }];
      }),
    };
  });
}

/** By state: 1 where an ending, or a state that was not looked at, can be reached. Backwards, linear in the edges. */
function leadsToEnding({ story, nodes, edges, states, expanded }: Exploration): Uint8Array {
  const firstIncoming = new Int32Array(states + 1);
  for (let i = 1; i < edges.length; i += 2) firstIncoming[edges[i]! + 1]! += 1;
  for (let state = 0; state < states; state++) firstIncoming[state + 1]! += firstIncoming[state]!;
  const incoming = new Int32Array(edges.length / 2);
  const next = firstIncoming.slice();
  for (let i = 0; i < edges.length; i += 2) incoming[next[edges[i + 1]!]!++] = edges[i]!;
  const leads = new Uint8Array(states);
  const queue: number[] = [];
  nodes.forEach((node, state) => {
    if (state < expanded && story.nodes[node]!.type !== 'ending') return;
    leads[state] = 1;
    queue.push(state);
  });
  for (const state of queue) {
    for (let i = firstIncoming[state]!; i < firstIncoming[state + 1]!; i++) {
      const previous = incoming[i]!;
      if (leads[previous] === 1) continue;
      leads[previous] = 1;
      queue.push(previous);
    }
  }
  return leads;
}

function constantConditions({ story, openAt, closedAt }: Exploration): ConstantCondition[] {
  return story.rules.flatMap(({ condition }, choice) => {
    if (condition === undefined) return [];
    const [wasTrue, wasFalse] = [openAt[choice] !== NONE, closedAt[choice] !== NONE];
    return wasTrue === wasFalse ? [] : [{ choice, always: wasTrue }];
  });
}

function constantChecks({
  story,
  openAt,
  succeededTo,
  hasFailed,
}: Exploration): ConstantCondition[] {
  return story.rules.flatMap(({ check }, choice) => {
    if (check === undefined || openAt[choice] === NONE) return [];
    const [succeeded, failed] = [succeededTo[choice] !== NONE, hasFailed[choice] === 1];
    return succeeded === failed ? [] : [{ choice, always: succeeded }];
  });
}
