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
  const hits: Hit[] = [];
  for (const node of nodes) {
    for (const choice of [undefined, ...node.choices]) {
      mapTexts(choice ?? node, wanted, (text, field) => {
        for (const { index } of text.matchAll(pattern(wanted))) {
          hits.push({ node, choice, field, ...placeOf(text, index) });
        }
        return text;
      });
    }
  }
  return hits;
}

/** The draft with a text replaced wherever it stands. What has it nowhere is the same object as before. */
export function replaced(
  story: StoryDefinition,
  wanted: Wanted,
  replacement: string,
): StoryDefinition {
  const replace = (text: string) => text.replaceAll(pattern(wanted), () => replacement);
  return {
    ...story,
    nodes: story.nodes.map((node) => ({
      ...mapTexts(node, wanted, replace),
      choices: node.choices.map((choice) => mapTexts(choice, wanted, replace)),
    })),
  };
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

function placeOf(text: string, index: number): Pick<Hit, 'line' | 'column' | 'excerpt'> {
  const begin = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  const from = Math.max(begin, index - AROUND.before);
  const to = Math.min(end === -1 ? text.length : end, index + AROUND.after);
  return {
    line: text.slice(0, begin).split('\n').length,
    column: index - begin + 1,
    excerpt: text.slice(from, to).toWellFormed(),
  };
}
