import type { Place } from '../place.js';

/** What became of a Twine story when it was imported: every link and every piece of code in it, each with its place. */
export interface FidelityReport {
  readonly links: readonly LinkRecord[];
  readonly constructs: readonly ConstructRecord[];
  /** In the order of their first use. */
  readonly variables: readonly VariableRecord[];
  /** The passages that became no nodes, in order. */
  readonly omitted: readonly OmittedPassage[];
  /**
   * Whether all ways through the story are known. False where a link’s target is computed while the story is played: what
   * seems out of reach may then be reached by it.
   */
  readonly isReachabilityKnown: boolean;
}

/** A place in the text of a passage, whose lines count from 1. */
export interface PassagePlace extends Place {
  readonly passage: string;
}

/**
 * `mapped`: it does the same in Talegraph; `kept`: it stands untranslated in the text, out of the reader’s sight, and
 * comes out again when the story is exported; `dropped`: it has no effect here and is only kept with the Twine source.
 */
export type Outcome = 'mapped' | 'kept' | 'dropped';

export interface LinkRecord {
  readonly place: PassagePlace;
  /** As it stands in the passage; shortened in the middle where it is long. */
  readonly source: string;
  /** `literal`: `[[…]]` or an attribute; `macro`: a macro or a helper with a fixed target; `computed`: by an expression. */
  readonly kind: 'literal' | 'macro' | 'computed';
  /** The name of the passage that it leads to; null where that is computed. */
  readonly target: string | null;
  /** Whether there is no such passage. */
  readonly isBroken: boolean;
  /** Mapped links are choices. */
  readonly outcome: Outcome;
  /** Why it was not mapped, or not wholly. */
  readonly note?: string;
}

export interface ConstructRecord {
  readonly place: PassagePlace;
  /** What it is called in its story format, such as `<<set>>` or `(if:)`. */
  readonly name: string;
  /** As it stands in the passage; shortened in the middle where it is long. */
  readonly source: string;
  readonly outcome: Outcome;
  /** Why it was not mapped, or not wholly. */
  readonly note?: string;
}

export interface VariableRecord {
  /** As the Twine story calls it, without a sign before it: `gold` for `$gold` and for `s.gold`. */
  readonly name: string;
  /** The variable that is declared for it; null where none is. */
  readonly declared: string | null;
  /** Why it is not declared. */
  readonly note?: string;
}

export interface OmittedPassage {
  readonly passage: string;
  /** Its index in the story. */
  readonly index: number;
  /** What it is in its story format. */
  readonly why: string;
}

/** How many links of a report are of each kind, and how many of them are broken. */
export const linkCounts = ({ links }: FidelityReport) => ({
  total: links.length,
  literal: countOf(links, ({ kind }) => kind === 'literal'),
  macro: countOf(links, ({ kind }) => kind === 'macro'),
  computed: countOf(links, ({ kind }) => kind === 'computed'),
  broken: countOf(links, ({ isBroken }) => isBroken),
});

/** How many pieces of code of a report had each outcome. */
export const constructCounts = ({ constructs }: FidelityReport) => ({
  total: constructs.length,
  mapped: countOf(constructs, ({ outcome }) => outcome === 'mapped'),
  kept: countOf(constructs, ({ outcome }) => outcome === 'kept'),
  dropped: countOf(constructs, ({ outcome }) => outcome === 'dropped'),
});

const countOf = <Item>(items: readonly Item[], fits: (item: Item) => boolean): number =>
  items.filter(fits).length;
