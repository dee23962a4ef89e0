import { filters, Liquid, type Context } from 'liquidjs';

/** All that stories need of Liquid. Nothing here repeats, so that a text takes as long as it is long. */
const TAGS = ['if', 'unless', 'case', 'assign', 'comment', 'raw', '#'];

const FILTERS = [
  ...['abs', 'at_least', 'at_most', 'ceil', 'floor', 'round'],
  ...['plus', 'minus', 'times', 'divided_by', 'modulo'],
  ...['append', 'prepend', 'capitalize', 'upcase', 'downcase', 'strip', 'truncate', 'default'],
];

/** The most characters of a text. */
const LONGEST_TEXT = 100_000;

/**
 * The most characters that filters may make and outputs print. The limit of time, in milliseconds, is only there in case
 * this one fails: what a text says must not depend on how busy the machine is.
 */
const LIMITS = { memoryLimit: 200_000, renderLimit: 2000 };

/** A Liquid that reaches nothing but what it is given, and takes zero and empty texts for false, as authors do. */
function confined(outputEscape: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    dynamicPartials: false,
    templates: {},
    parseLimit: LONGEST_TEXT,
    ...LIMITS,
    outputEscape,
  });
  keepOnly(liquid.tags, TAGS);
  keepOnly(liquid.filters, FILTERS);
  // As in conditions, dividing by zero gives zero.
  for (const name of ['divided_by', 'modulo'] as const) {
    const divide = filters[name] as (of: unknown, by: unknown) => number;
    liquid.registerFilter(name, (of: unknown, by: unknown) =>
      Number(by) === 0 ? 0 : divide(of, by),
    );
  }
  return liquid;
}

function keepOnly(all: Record<string, unknown>, kept: readonly string[]): void {
  for (const name of Object.keys(all)) if (!kept.includes(name)) Reflect.deleteProperty(all, name);
}

/** A printed value stays a word of the text: it brings in no markup, no links and no new lines. */
const escapeMarkdown = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');

/** Prints values, and nothing else that Liquid knows; what is printed counts towards the limit. */
const printer = (escape: (text: string) => string) =>
  function (this: { context: Context }, value: unknown): string {
    const isPlain = typeof value === 'number' || typeof value === 'boolean';
    const text = isPlain ? String(value) : typeof value === 'string' ? escape(value) : '';
    this.context.memoryLimit.use(text.length);
    return text;
  };

/** Where a text is shown: as Markdown, or as it is. */
export type TextKind = 'markdown' | 'plain';

export const LIQUID: Readonly<Record<TextKind, Liquid>> = {
  markdown: confined(printer(escapeMarkdown)),
  plain: confined(printer((text) => text)),
};

/** What stands only within another tag. */
export const INNER_TAGS = ['elsif', 'else', 'when', 'endif', 'endunless', 'endcase'];

/** The names of tags and filters, to tell the nearest to one that is not there. */
export const WORDS: readonly string[] = [...TAGS, ...INNER_TAGS, ...FILTERS];
