import type {
  CollectibleDefinition,
  ItemDefinition,
  StatDefinition,
  Value,
  VariableDefinition,
} from './definition.js';
import type { Slot } from './layout.js';
import type { PlayEvent } from './play.js';
import type { PlayState } from './state.js';
import type { CompiledStory } from './story.js';

/** What a reader has gathered, as far as they may see it. */
export interface Holdings {
  readonly items: readonly { readonly item: ItemDefinition; readonly count: number }[];
  /** Those that the author shows to readers. */
  readonly variables: readonly { readonly variable: VariableDefinition; readonly value: Value }[];
  readonly stats: readonly { readonly stat: StatDefinition; readonly value: number }[];
  readonly artifacts: readonly CollectibleDefinition[];
  readonly endings: readonly CollectibleDefinition[];
}

export const holdingsOf = ({ schema }: CompiledStory, state: PlayState): Holdings => ({
  items: (schema.items ?? []).flatMap((item) => {
    const count = state.inventory?.[item.key] ?? 0;
    return count === 0 ? [] : [{ item, count }];
  }),
  variables: (schema.variables ?? [])
    .filter(({ shown }) => shown)
    .map((variable) => ({
      variable,
      value: state.variables?.[variable.name] ?? variable.initial,
    })),
  stats: (schema.stats ?? []).map((stat) => ({
    stat,
    value: state.stats?.[stat.key] ?? stat.initial,
  })),
  artifacts: (schema.artifacts ?? []).filter(({ key }) => state.artifacts?.includes(key)),
  endings: (schema.endings ?? []).filter(({ key }) => state.endings?.includes(key)),
});

/** Readers see all that they carry and collect, and those variables that the author shows. */
export const isShown = ({ schema }: CompiledStory, { kind, name }: Slot): boolean =>
  kind !== 'variable' || schema.variables?.find((each) => each.name === name)?.shown === true;

/** The sum of a roll and what is added; undefined where that depends on something hidden: it less the dice tells it. */
export const shownTotal = (
  story: CompiledStory,
  { total, reads }: Extract<PlayEvent, { type: 'rolled' }>,
): number | undefined =>
  reads.every((slot) => isShown(story, slot)) ? Math.trunc(total) : undefined;
