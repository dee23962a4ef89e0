import { slotsOf } from './expressions/evaluate.js';
import type { Expression } from './expressions/expression.js';
import type { Slot, SlotKind } from './layout.js';
import { NO_RULES, type CompiledEffect } from './rules.js';
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
  const declared = story.layout.slots.filter(isDeclared);
  if (declared.length === 0) return [];
  const read = readSlots(story);
  const written = new Set(allEffects(story).map(({ slot }) => slot));
  const atNodes = new Set(story.endings);
  return declared.filter(
    (slot) => !read.has(slot.index) && !written.has(slot) && !atNodes.has(slot),
  );
}

const DECLARED: readonly SlotKind[] = ['variable', 'stat', 'item', 'artifact', 'ending'];

const isDeclared = ({ kind }: Slot) => DECLARED.includes(kind);

/** By index: what conditions, checks and the values of effects read, and what texts read. */
function readSlots(story: CompiledStory): Set<number> {
  const read = new Set<number>();
  const note = (expression: Expression | undefined) => {
    if (expression !== undefined) for (const index of slotsOf(expression)) read.add(index);
  };
  for (const rules of story.rules) {
    if (rules === NO_RULES) continue;
    note(rules.condition);
    note(rules.check?.bonus);
    note(rules.check?.against);
  }
  for (const { value } of allEffects(story)) note(value);
  for (const { index } of slotsInTexts(story.texts)) read.add(index);
  return read;
}

/** The effects of all nodes and choices. Most have none. */
export function allEffects({ entry, rules }: CompiledStory): CompiledEffect[] {
  const all: CompiledEffect[] = [];
  for (const effects of entry) if (effects.length > 0) all.push(...effects);
  for (const { effects } of rules) if (effects.length > 0) all.push(...effects);
  return all;
}
