import { slotsOf } from './expressions/evaluate.js';
import type { Slot } from './layout.js';
import type { CompiledStory } from './story.js';
import { slotsInTexts } from './templates/texts.js';

/** Variables that effects change, though nothing reads them: no condition, check, effect, text or reader. */
export function writtenButNeverRead(story: CompiledStory): Slot[] {
  const read = readSlots(story);
  const shown = new Set(
    story.schema.variables?.filter((each) => each.shown).map(({ name }) => name),
  );
  const written = new Set(allEffects(story).map(({ slot }) => slot));
  // Readers see all their stats and items.
  return [...written].filter(
    ({ kind, name, index }) => kind === 'variable' && !shown.has(name) && !read.has(index),
  );
}

/** Declared slots that nothing changes, collects or reads. */
export function unusedSlots(story: CompiledStory): Slot[] {
  const read = readSlots(story);
  const written = new Set(allEffects(story).map(({ slot }) => slot));
  const atNodes = new Set(story.endings);
  return story.layout.slots.filter(
    (slot) =>
      (isKept(slot) || slot.kind === 'artifact' || slot.kind === 'ending') &&
      !read.has(slot.index) &&
      !written.has(slot) &&
      !atNodes.has(slot),
  );
}

const isKept = ({ kind }: Slot) => kind === 'variable' || kind === 'stat' || kind === 'item';

/** By index: what conditions, checks and the values of effects read, and what texts read. */
function readSlots(story: CompiledStory): Set<number> {
  const read = new Set<number>();
  const expressions = [
    ...story.rules.flatMap(({ condition, check }) => [condition, check?.bonus, check?.against]),
    ...allEffects(story).map(({ value }) => value),
  ];
  for (const expression of expressions) {
    if (expression !== undefined) for (const index of slotsOf(expression)) read.add(index);
  }
  for (const { index } of slotsInTexts(story.texts)) read.add(index);
  return read;
}

export const allEffects = ({ entry, rules }: CompiledStory) => [
  ...entry.flat(),
  ...rules.flatMap(({ effects }) => effects),
];
