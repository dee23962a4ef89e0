import { KIND_IN, NAMESPACES } from './expressions/names.js';
import { didYouMean } from './expressions/nearest.js';
import type { Slot } from './layout.js';
import type { CompiledStory } from './story.js';

/** By the kind of a slot: the namespace that it is named in. */
const SPACES = new Map(NAMESPACES.map((space) => [KIND_IN[space], space]));

/** What conditions call a slot: `gold`, `stats.health`, `inventory.lamp`, `visits.2A`. Attempts have no such name. */
export function nameOfSlot({ nodes }: CompiledStory, { kind, name }: Slot): string {
  const space = SPACES.get(kind);
  if (space === undefined) return name;
  return `${space}.${kind === 'visits' ? nodes[Number(name)]!.key : name}`;
}

/** Everything of a story's memory that conditions have a name for, by that name. */
export const namedSlots = (story: CompiledStory): ReadonlyMap<string, Slot> =>
  new Map(
    story.layout.slots
      .filter(({ kind }) => kind !== 'attempts')
      .map((slot) => [nameOfSlot(story, slot), slot]),
  );

/** In an author's words, that there is nothing of a name. */
export const noSuchName = (name: string, known: Iterable<string>): string =>
  `there is nothing called ${name}.${didYouMean(name, known)}`;
