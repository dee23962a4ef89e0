import type { Memory } from './expressions/evaluate.js';
import { fitted, type Slot } from './layout.js';
import { initialMemory } from './machine.js';
import { WayOn } from './prover/way-on.js';
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
  /** No ending could be reached any more, though one can be reached now. */
  | 'stuck';

/** A playthrough as it goes on in another version. */
export interface Moved {
  readonly state: PlayState;
  /** Slots of its own version with values that the other one has no place for, and that no start gave it. */
  readonly lost: readonly Slot[];
}

export interface MoveOptions {
  /** Milliseconds since 1970: the clock of a timed node starts anew. */
  readonly now?: number;
  /** By node id: the id of the node where those go on who cannot go on at this one. */
  readonly replacements?: ReadonlyMap<number, number>;
}

/**
 * The way from one version of a story to another, for any number of playthroughs. Nodes and choices are the same where
 * their ids are. Values stay, within the bounds that hold there; what is new is as it is at the start, and so is what has
 * another type that the value does not fit. Pure.
 */
export class Passage {
  /** By a slot's index in `from`: the same slot in `to`. */
  readonly #places: readonly (Slot | undefined)[];
  #wayBefore: WayOn | undefined;
  #wayAfter: WayOn | undefined;

  constructor(
    readonly from: CompiledStory,
    private readonly to: CompiledStory,
  ) {
    const slots = new Map(to.layout.slots.map((slot) => [identity(to, slot), slot]));
    this.#places = from.layout.slots.map((slot) => slots.get(identity(from, slot)));
  }

  /** The state with which a playthrough goes on in the other version, or why it does not. */
  move(state: PlayState, { now, replacements }: MoveOptions = {}): Moved | Obstacle {
    const carried = this.#carry(state);
    if (typeof carried === 'string') return carried;
    const own = this.#obstacleAt(state.node, carried.after);
    if (own === undefined) return this.#settle(carried, state.node, now);
    const replacement = replacements?.get(state.node) ?? state.node;
    const obstacle =
      replacement === state.node ? own : this.#obstacleAt(replacement, carried.after);
    if (obstacle === undefined) return this.#settle(carried, replacement, now);
    // Where no ending could be reached before either, nothing is taken from the reader.
    return own === 'stuck' && this.#wasStuck(carried)
      ? this.#settle(carried, state.node, now)
      : obstacle;
  }

  /** The same, to a node that is settled already. Whether it leads on is not asked again. */
  moveTo(state: PlayState, node: number, now: number | undefined): Moved | Obstacle {
    const carried = this.#carry(state);
    if (typeof carried === 'string') return carried;
    return this.to.indexOfNode.has(node) ? this.#settle(carried, node, now) : 'node-gone';
  }

  /** What a playthrough holds, before and after, wherever it will stand. */
  #carry(state: PlayState): Carried | Obstacle {
    const { from, to } = this;
    const here = from.indexOfNode.get(state.node);
    if (here === undefined) return 'node-gone';
    if (from.isEnding[here] === 1) return 'ended';
    const { protagonist } = state;
    if (protagonist !== undefined && !hasProtagonist(to, protagonist)) return 'protagonist-gone';
    const before = readMemory(from, state);
    const after = initialMemory(to, protagonist);
    const untouched = initialMemory(from, protagonist);
    const lost = from.layout.slots.filter((slot) => {
      const value = before[slot.index]!;
      const place = this.#places[slot.index];
      const isHeld = place !== undefined && isOfType(place, value);
      if (isHeld) after[place.index] = fitted(place, value);
      return !isHeld && value !== untouched[slot.index];
    });
    return { here, before, after, lost };
  }

  /** Why nobody can go on at a node with a memory, or undefined. */
  #obstacleAt(id: number, memory: Memory): Obstacle | undefined {
    const node = this.to.indexOfNode.get(id);
    if (node === undefined) return 'node-gone';
    if (this.to.isEnding[node] === 1) return 'node-ends';
    this.#wayAfter ??= new WayOn(this.to);
    return this.#wayAfter.leadsOn(node, memory) ? undefined : 'stuck';
  }

  #wasStuck({ here, before }: Carried): boolean {
    this.#wayBefore ??= new WayOn(this.from);
    return !this.#wayBefore.leadsOn(here, before);
  }

  /** Whoever is put at a node has not walked there: what entering it brings does not happen. */
  #settle({ after, lost }: Carried, id: number, now: number | undefined): Moved {
    return { state: writeState(this.to, after, this.to.indexOfNode.get(id)!, now), lost };
  }
}

interface Carried {
  /** The index of the node where the playthrough stands. */
  readonly here: number;
  readonly before: Memory;
  readonly after: Memory;
  readonly lost: readonly Slot[];
}

/** Slots are the same in two versions where these are: visits and attempts go by the ids of nodes and choices. */
const identity = ({ layout }: CompiledStory, slot: Slot): string =>
  slot.kind === 'visits' || slot.kind === 'attempts'
    ? `${slot.kind} ${layout.idOf(slot)}`
    : `${slot.kind} ${slot.name}`;
