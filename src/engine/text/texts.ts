import type { ChoiceDefinition, NodeDefinition, StoryDefinition } from '../core/definition.js';
import { edited, placesIn, type EditedPlace, type Place } from '../core/edits.js';
import { sitesOf, withTexts, type Site, type TextField } from '../core/sites.js';

/** What readers read: the rest are rules. */
export const PROSE: readonly TextField[] = [
  'title',
  'content',
  'text',
  'consequences',
  'lockedText',
];

/** What to look for. */
export interface Wanted {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
  readonly fields: readonly TextField[];
  /** The nodes to look in, with their choices; all of them when left out. */
  readonly nodeIds?: ReadonlySet<number> | undefined;
}

/** What has a text, and in which of its fields. */
export interface Spot {
  readonly node: NodeDefinition;
  readonly choice: ChoiceDefinition | undefined;
  readonly field: TextField;
  readonly path: string;
}

/** Where a text stands. */
export type Hit = Spot & Place;

/** Where a text is replaced. */
export type Replaced = Spot & EditedPlace;

/** Every place where a draft has a text, node by node. Linear. */
export function find(story: StoryDefinition, wanted: Wanted): Hit[] {
  const sought = pattern(wanted);
  return sitesOf(story)
    .filter((site) => isWanted(site, wanted))
    .flatMap((site) => {
      const found = Array.from(site.text.matchAll(sought), ({ index }) => index);
      return found.length === 0
        ? []
        : placesIn(site.text, found).map((place) => ({ ...spotOf(site), ...place }));
    });
}

/** A copy of the draft with a text replaced wherever it stands, and every such place. Linear. */
export function replaced(
  story: StoryDefinition,
  wanted: Wanted,
  replacement: string,
): { readonly story: StoryDefinition; readonly places: readonly Replaced[] } {
  const sought = pattern(wanted);
  const all: Replaced[] = [];
  const after = withTexts(story, (site) => {
    if (!isWanted(site, wanted)) return site.text;
    const edits = Array.from(site.text.matchAll(sought), ({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
      by: replacement,
    }));
    const { text, places } = edited(site.text, edits);
    for (const place of places) all.push({ ...spotOf(site), ...place });
    return text;
  });
  return { story: after, places: all };
}

const isWanted = ({ field, node }: Site, { fields, nodeIds }: Wanted): boolean =>
  fields.includes(field) && (nodeIds === undefined || nodeIds.has(node.id));

const spotOf = ({ node, choice, field, path }: Site): Spot => ({ node, choice, field, path });

/** Words end where neither a letter, a digit nor an underscore follows, in any alphabet. */
function pattern({ text, matchCase, wholeWords }: Wanted): RegExp {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const source = wholeWords
    ? `(?<![\\p{L}\\p{M}\\p{N}_])${literal}(?![\\p{L}\\p{M}\\p{N}_])`
    : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
