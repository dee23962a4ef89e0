import type { Memory } from '../expressions/evaluate.js';
import { NONE } from '../graph.js';
import { closed, take } from '../machine.js';
import { distancesToEnding } from '../reachability.js';
import type { CompiledStory } from '../story.js';
import { resolutions } from './exploration.js';
import { slice } from './slice.js';

/** How many states are looked at before the search gives up. */
const MOST_STATES = 5000;

interface Standing {
  readonly node: number;
  readonly memory: Memory;
}

/** Tells whether a reader can still come to an ending. What it has found out of a state holds for all that are like it. */
export class WayOn {
  readonly #slice;
  readonly #distances;
  readonly #known = new Map<string, boolean>();

  constructor(private readonly story: CompiledStory) {
    this.#slice = slice(story);
    this.#distances = distancesToEnding(story);
  }

  /** @returns false only where it is certain that no ending can be reached */
  leadsOn(node: number, memory: Memory): boolean {
    const key = this.#keyOf({ node, memory });
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#search({ node, memory });
    this.#known.set(key, found);
    return found;
  }

  /** Nearest to an ending first, so that most searches look at little more than one way there. */
  #search(start: Standing): boolean {
    const seen = new Set<string>();
    /** By distance. */
    const waiting: (Standing[] | undefined)[] = [];
    const wait = (standing: Standing) => {
      const distance = this.#distances[standing.node]!;
      const key = this.#keyOf(standing);
      if (distance === NONE || seen.has(key)) return;
      seen.add(key);
      (waiting[distance] ??= []).push(standing);
    };
    wait(start);
    for (let looked = 0; looked < MOST_STATES; looked++) {
      const standing = waiting.find((queue) => queue !== undefined && queue.length > 0)?.pop();
      if (standing === undefined) return false;
      if (this.story.isEnding[standing.node] === 1) return true;
      for (const next of this.#after(standing)) wait(next);
    }
    return true;
  }

  /** Where a reader can stand next: by choosing, or by setting what readers may set. */
  *#after({ node, memory }: Standing): Generator<Standing> {
    const { story } = this;
    for (let choice = story.firstChoice[node]!; choice < story.firstChoice[node + 1]!; choice++) {
      if (closed(story, memory, choice) !== undefined) continue;
      for (const resolution of resolutions(story, memory, choice, this.#slice.readsRoll)) {
        const after = [...memory];
        yield { node: take(story, after, choice, resolution), memory: after };
      }
    }
    for (const { slot, values } of this.#slice.writable) {
      for (const value of values) yield { node, memory: memory.with(slot.index, value) };
    }
  }

  #keyOf = ({ node, memory }: Standing): string => `${node}${this.#slice.keyOf(memory)}`;
}
