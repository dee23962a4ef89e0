import { Liquid } from 'liquidjs';

/** All that stories need of Liquid. Nothing here repeats, so that a text takes as long as it is long. */
const TAGS = ['if', 'unless', 'case', 'assign', 'comment', 'raw', '#'];

const FILTERS = [
  ...['abs', 'at_least', 'at_most', 'ceil', 'floor', 'round'],
  ...['plus', 'minus', 'times', 'divided_by', 'modulo'],
  ...['append', 'prepend', 'capitalize', 'upcase', 'downcase', 'strip', 'truncate', 'default'],
];

/** The most characters of a text. */
const LONGEST_TEXT = 100_000;

/** The most characters that filters may make on the way, and the longest that they may take, in milliseconds. */
const LIMITS = { memoryLimit: 1_000_000, renderLimit: 200 };

/** A Liquid that reaches nothing but what it is given, and takes zero and empty texts for false, as authors do. */
function confined(outputEscape?: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    dynamicPartials: false,
    templates: {},
    parseLimit: LONGEST_TEXT,
    ...LIMITS,
    ...(outputEscape !== undefined && { outputEscape }),
  });
  keepOnly(liquid.tags, TAGS);
  keepOnly(liquid.filters, FILTERS);
  return liquid;
}

function keepOnly(all: Record<string, unknown>, kept: readonly string[]): void {
  for (const name of Object.keys(all)) if (!kept.includes(name)) Reflect.deleteProperty(all, name);
}

/** A printed value stays a word of the text: it brings in no markup, no links and no new lines. */
export function escapeMarkdown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '';
  return value.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Where a text is shown: as Markdown, or as it is. */
export type TextKind = 'markdown' | 'plain';

export const LIQUID: Readonly<Record<TextKind, Liquid>> = {
  markdown: confined(escapeMarkdown),
  plain: confined(),
};

/** The names of tags and filters, to tell the nearest to one that is not there. */
export const WORDS: readonly string[] = [...TAGS, 'elsif', 'else', 'when', ...FILTERS];
