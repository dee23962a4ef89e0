import type {
  ChoiceDefinition,
  Effect,
  NodeDefinition,
  StoryDefinition,
} from '../core/definition.js';

/** What of a story authors write as text. */
export type TextField =
  'title' | 'content' | 'text' | 'consequences' | 'lockedText' | 'condition' | 'check' | 'effects';

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
}

/** Where a text stands. */
export interface Hit {
  readonly node: NodeDefinition;
  readonly choice: ChoiceDefinition | undefined;
  readonly field: TextField;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The line around it, shortened. */
  readonly excerpt: string;
}

/** How much of a line an excerpt shows before what was found, and from there on. */
const AROUND = { before: 40, after: 80 };

/** Every place where a draft has a text, node by node. Linear. */
export function find({ nodes }: StoryDefinition, wanted: Wanted): Hit[] {
  const sought = pattern(wanted);
  const hits: Hit[] = [];
  for (const node of nodes) {
    for (const choice of [undefined, ...node.choices]) {
      mapTexts(choice ?? node, wanted, (text, field) => {
        for (const place of placesIn(text, sought)) hits.push({ node, choice, field, ...place });
        return text;
      });
    }
  }
  return hits;
}

/** A copy of the draft with a text replaced wherever it stands, and how often that was. Linear. */
export function replaced(
  story: StoryDefinition,
  wanted: Wanted,
  replacement: string,
): { story: StoryDefinition; count: number } {
  const sought = pattern(wanted);
  let count = 0;
  const replace = (text: string) =>
    text.replaceAll(sought, () => {
      count += 1;
      return replacement;
    });
  const nodes = story.nodes.map((node) => ({
    ...mapTexts(node, wanted, replace),
    choices: node.choices.map((choice) => mapTexts(choice, wanted, replace)),
  }));
  return { story: { ...story, nodes }, count };
}

const NODE_FIELDS = ['title', 'content'] as const;
const CHOICE_FIELDS = ['text', 'consequences', 'lockedText', 'condition', 'check'] as const;

/** A copy of a node or a choice, its wanted texts changed by `change`. */
function mapTexts<T extends NodeDefinition | ChoiceDefinition>(
  of: T,
  { fields }: Wanted,
  change: (text: string, field: TextField) => string,
): T {
  const names: readonly TextField[] = 'key' in of ? NODE_FIELDS : CHOICE_FIELDS;
  const copy = { ...of } as Record<string, unknown>;
  for (const field of names) {
    const text = copy[field];
    if (typeof text === 'string' && fields.includes(field)) copy[field] = change(text, field);
  }
  if (of.effects !== undefined && fields.includes('effects')) {
    copy.effects = of.effects.map((effect): Effect =>
      'value' in effect && effect.value !== undefined
        ? { ...effect, value: change(effect.value, 'effects') }
        : effect,
    );
  }
  return copy as unknown as T;
}

/** Words end where neither a letter, a digit nor an underscore follows, in any alphabet. */
function pattern({ text, matchCase, wholeWords }: Wanted): RegExp {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const source = wholeWords
    ? `(?<![\\p{L}\\p{M}\\p{N}_])${literal}(?![\\p{L}\\p{M}\\p{N}_])`
    : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}

/** Goes through the lines of a text once, however often it has what is sought. */
function* placesIn(
  text: string,
  sought: RegExp,
): Generator<Pick<Hit, 'line' | 'column' | 'excerpt'>> {
  let [line, begin, end] = [1, 0, endOfLine(text, 0)];
  for (const { index } of text.matchAll(sought)) {
    while (end < index) [line, begin, end] = [line + 1, end + 1, endOfLine(text, end + 1)];
    const from = Math.max(begin, index - AROUND.before);
    const to = Math.min(end, index + AROUND.after);
    const excerpt = text.slice(from, to).toWellFormed();
    yield { line, column: index - begin + 1, excerpt };
  }
}

function endOfLine(text: string, begin: number): number {
  const end = text.indexOf('\n', begin);
  return end === -1 ? text.length : end;
}
