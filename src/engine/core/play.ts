import type { Value } from './definition.js';
import { slotsOf, type Memory } from './expressions/evaluate.js';
import type { Expression } from './expressions/expression.js';
import { NONE } from './graph.js';
import type { Slot } from './layout.js';
import {
  attemptsLeft,
  closed,
  enter,
  initialMemory,
  SOLVED,
  take,
  WRONG,
  type Closed,
  type MachineEvent,
  type Resolution,
} from './machine.js';
import { isAnswer, isRight } from './puzzle.js';
import { rollDice, sumOf, type Random } from './random.js';
import { readMemory, writeState, type PlayState } from './state.js';
import { hasProtagonist, startOf, type CompiledStory } from './story.js';
import { choiceFor } from './templates/texts.js';

export type { PlayState } from './state.js';

/** What a step brought about, in the order in which it happened. */
export type PlayEvent =
  | {
      readonly type: 'rolled';
      readonly dice: readonly number[];
      readonly total: number;
      readonly success: boolean;
      /** What was added to the dice depends on these. */
      readonly reads: readonly Slot[];
    }
  | {
      readonly type: 'answered';
      readonly right: boolean;
      /** How many more answers are taken; undefined where there is no limit. */
      readonly attemptsLeft: number | undefined;
      readonly hint: string | undefined;
    }
  /** Time was out: the choice has made itself. */
  | { readonly type: 'expired'; readonly choice: number }
  | { readonly type: 'changed'; readonly slot: Slot; readonly from: Value; readonly to: Value }
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
  /** The story has no such protagonist. */
  | { readonly rejected: 'no-such-protagonist' }
  /** The state stands on a node that the story does not have. */
  | { readonly rejected: 'unknown-node' }
  /** The state stands on an ending. */
  | { readonly rejected: 'ended' }
  /** The choice is not one of the current node's. */
  | { readonly rejected: 'no-such-choice' }
  /** The choice leads nowhere. */
  | { readonly rejected: 'no-target' }
  /** The choice's condition is false, or its puzzle's attempts are used up. */
  | { readonly rejected: 'locked'; readonly why: Exclude<Closed, 'no-target'> }
  /** The choice is a puzzle, and no answer was given. */
  | { readonly rejected: 'answer-needed' }
  /** The choice is a puzzle that asks for a number, and the answer is none. */
  | { readonly rejected: 'number-needed' }
  /** The choice rolls dice, and no source of chance was given. */
  | { readonly rejected: 'random-needed' };

export const isRejection = (result: Step | Rejection): result is Rejection => 'rejected' in result;

/** What decides a step beside the choice itself. */
export interface Circumstances {
  /** Milliseconds since 1970, by the server's clock: needed where choices are timed. */
  readonly now?: number;
  /** Needed where dice are rolled. */
  readonly random?: Random;
  /** The reader's answer to a puzzle. */
  readonly answer?: string;
  /** Judges what is no number as a wrong one: playthroughs hold such answers from when they were taken. */
  readonly takesAnyAnswer?: boolean;
}

/** How much later than its time a choice still counts: for what the network takes. */
export const GRACE_MS = 2000;

/**
 * Begins a playthrough.
 * @param options.protagonist the first one when left out
 * @param options.node the index of the node to begin at; where the protagonist begins when left out
 */
export function start(
  story: CompiledStory,
  { protagonist, now, node }: { protagonist?: string; now?: number; node?: number } = {},
): Step | Rejection {
  const { protagonists = [] } = story.schema;
  const who = protagonist ?? protagonists[0]?.key;
  if (who !== undefined && !hasProtagonist(story, who)) {
    return { rejected: 'no-such-protagonist' };
  }
  const first = node ?? startOf(story, who);
  if (first === NONE) return { rejected: 'no-start' };
  const memory = initialMemory(story, who);
  const log: MachineEvent[] = [];
  enter(story, memory, first, log);
  return { state: writeState(story, memory, first, now), events: told(story, memory, log) };
}

/**
 * Makes a choice. Pure: the same story, state, choice and circumstances give the same step. When the time of the node
 * is out, the choice that makes itself is made instead.
 * @param choiceId the id of one of the current node's choices
 */
export function choose(
  story: CompiledStory,
  state: PlayState,
  choiceId: number,
  circumstances: Circumstances = {},
): Step | Rejection {
  const node = story.indexOfNode.get(state.node);
  if (node === undefined) return { rejected: 'unknown-node' };
  if (story.nodes[node]!.type === 'ending') return { rejected: 'ended' };
  const place = story.nodes[node]!.choices.findIndex(({ id }) => id === choiceId);
  if (place === -1) return { rejected: 'no-such-choice' };
  const memory = readMemory(story, state);
  const expired = expiredChoice(story, memory, state, circumstances.now);
  const choice = expired === NONE ? story.firstChoice[node]! + place : expired;
  const why = closed(story, memory, choice);
  if (why !== undefined)
    return why === 'no-target' ? { rejected: why } : { rejected: 'locked', why };
  const settled = settle(story, choice, circumstances);
  if ('rejected' in settled) return settled;
  const log: MachineEvent[] = [];
  const next = take(story, memory, choice, settled.resolution, log);
  const left = attemptsLeft(story, memory, choice);
  const events = told(story, memory, log, choice, settled.dice, left);
  // A wrong answer does not set the clock anew.
  const stays = !log.some(({ type }) => type === 'entered');
  const since = stays ? state.enteredAt : circumstances.now;
  return {
    state: writeState(story, memory, next, since),
    events:
      expired === NONE
        ? events
        : [{ type: 'expired', choice: story.choices[choice]!.id }, ...events],
  };
}

/** An earlier state, come back to at `now`: the clock of a timed node starts anew. */
export const returned = (then: PlayState, now: number | undefined): PlayState =>
  then.enteredAt === undefined || now === undefined ? then : { ...then, enteredAt: now };

/** When the time at the current node is out, in milliseconds since 1970; undefined where nothing makes itself. */
export const deadlineOf = (story: CompiledStory, state: PlayState): number | undefined =>
  dueAt(story, state, readMemory(story, state));

function dueAt(story: CompiledStory, state: PlayState, memory: Memory): number | undefined {
  const node = story.indexOfNode.get(state.node)!;
  const timed = story.timed[node]!;
  if (timed === NONE || story.isEnding[node] === 1 || state.enteredAt === undefined)
    return undefined;
  if (closed(story, memory, timed) !== undefined) return undefined;
  return state.enteredAt + story.choices[timed]!.after! * 1000;
}

/** The choice that has made itself by now, or {@link NONE}. @param now without it no time passes */
function expiredChoice(
  story: CompiledStory,
  memory: Memory,
  state: PlayState,
  now: number | undefined,
): number {
  const due = now === undefined ? undefined : dueAt(story, state, memory);
  const isOver = due !== undefined && now! > due + GRACE_MS;
  return isOver ? story.timed[story.indexOfNode.get(state.node)!]! : NONE;
}

interface Settled {
  readonly resolution: Resolution;
  readonly dice?: readonly number[];
}

/** Lets chance or the answer decide. */
function settle(
  story: CompiledStory,
  choice: number,
  { random, answer, takesAnyAnswer = false }: Circumstances,
): Settled | Rejection {
  const { check } = story.rules[choice]!;
  if (check !== undefined) {
    if (random === undefined) return { rejected: 'random-needed' };
    const dice = rollDice(check.dice, random);
    return { resolution: sumOf(dice), dice };
  }
  const { puzzle } = story.choices[choice]!;
  if (puzzle === undefined) return { resolution: 0 };
  if (answer === undefined) return { rejected: 'answer-needed' };
  if (!takesAnyAnswer && !isAnswer(puzzle, answer)) return { rejected: 'number-needed' };
  return { resolution: isRight(puzzle, answer) ? SOLVED : WRONG };
}

const slotsRead = (expression: Expression, slots: readonly Slot[]): Slot[] =>
  [...slotsOf(expression)].map((index) => slots[index]!);

/** The machine's log in terms of ids and texts. @param memory as it is after the step */
function told(
  story: CompiledStory,
  memory: Memory,
  log: readonly MachineEvent[],
  choice = NONE,
  dice: readonly number[] = [],
  left?: number,
): PlayEvent[] {
  const { nodes, choices, rules, layout } = story;
  return log.flatMap((event): PlayEvent[] => {
    switch (event.type) {
      case 'rolled':
        return [{ ...event, dice, reads: slotsRead(rules[choice]!.check!.bonus, layout.slots) }];
      case 'answered': {
        const hints = choices[choice]!.puzzle?.hints ?? [];
        const hint = event.right ? undefined : hints[Math.min(event.attempts, hints.length) - 1];
        return [{ type: 'answered', right: event.right, attemptsLeft: left, hint }];
      }
      case 'changed':
        return [event];
      case 'consequences': {
        const text = choiceFor(story, memory, event.choice).consequences;
        return text === null ? [] : [{ type: 'consequences', text }];
      }
      case 'entered': {
        const { id, type } = nodes[event.node]!;
        const entered: PlayEvent = { type: 'entered', node: id };
        return type === 'ending' ? [entered, { type: 'ended', node: id }] : [entered];
      }
    }
  });
}
