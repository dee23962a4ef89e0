import type { Memory } from './expressions/evaluate.js';
import { fitted, type Slot } from './layout.js';
import { closed, initialMemory } from './machine.js';
import { isOfType } from './rules.js';
import { readMemory, writeState, type PlayState } from './state.js';
import { hasProtagonist, type CompiledStory } from './story.js';

/** Why a playthrough cannot go on in another version of its story. It goes on in its own. */
export type Obstacle =
  /** It stands on an ending: there is nothing to go on with. */
  | 'ended'
  /** The node where it stands is gone. */
  | 'node-gone'
  /** The node where it stands has become an ending: moving would end it. */
  | 'node-ends'
  /** Whom the reader plays is gone. */
  | 'protagonist-gone'
  /** No choice would be open there, though one is open now. */
  | 'stuck';

/** A playthrough as it goes on in another version. */
export interface Moved {
  readonly state: PlayState;
  /** Slots of its own version with values that the other one has no place for, and that no start gave it. */
  readonly lost: readonly Slot[];
}

/**
 * The state of a playthrough in another version of its story. Nodes and choices are the same where their ids are. Values
 * stay, within the bounds that hold there; what is new is as it is at the start, and so is what has another type that the
 * value does not fit. Pure.
 * @param from the version that the playthrough is on
 * @param to the version that it is to go on in
 * @param now milliseconds since 1970: the clock of a timed node starts anew
 */
export function move(
  from: CompiledStory,
  to: CompiledStory,
  state: PlayState,
  now?: number,
): Moved | Obstacle {
  const here = from.indexOfNode.get(state.node);
  const there = to.indexOfNode.get(state.node);
  if (here === undefined || there === undefined) return 'node-gone';
  if (from.isEnding[here] === 1) return 'ended';
  if (to.isEnding[there] === 1) return 'node-ends';
  const { protagonist } = state;
  if (protagonist !== undefined && !hasProtagonist(to, protagonist)) return 'protagonist-gone';
  const before = readMemory(from, state);
  const after = initialMemory(to, protagonist);
  const untouched = initialMemory(from, protagonist);
  const lost = carry(from, before, to, after).filter(
    ({ index }) => before[index] !== untouched[index],
  );
  if (isStuck(to, after, there) && !isStuck(from, before, here)) return 'stuck';
  return { state: writeState(to, after, there, now), lost };
}

/** Fills `after` with what `before` holds. @returns the slots of `from` whose values found no place */
function carry(from: CompiledStory, before: Memory, to: CompiledStory, after: Memory): Slot[] {
  const places = new Map(to.layout.slots.map((slot) => [identity(to, slot), slot]));
  return from.layout.slots.filter((slot) => {
    const value = before[slot.index]!;
    const place = places.get(identity(from, slot));
    const isHeld = place !== undefined && isOfType(place, value);
    if (isHeld) after[place.index] = fitted(place, value);
    return !isHeld;
  });
}

/** Slots are the same in two versions where these are: visits and attempts go by the ids of nodes and choices. */
const identity = ({ layout }: CompiledStory, slot: Slot): string =>
  slot.kind === 'visits' || slot.kind === 'attempts'
    ? `${slot.kind} ${layout.idOf(slot)}`
    : `${slot.kind} ${slot.name}`;

function isStuck(story: CompiledStory, memory: Memory, node: number): boolean {
  for (let choice = story.firstChoice[node]!; choice < story.firstChoice[node + 1]!; choice++) {
    if (closed(story, memory, choice) === undefined) return false;
  }
  return true;
}
