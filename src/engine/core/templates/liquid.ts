import { filters, Liquid, type Context } from 'liquidjs';

/** All that stories need of Liquid. Nothing here repeats, so that a text takes as long as it is long. */
const TAGS = ['if', 'unless', 'case', 'assign', 'comment', 'raw', '#'];

/** The tags that hold others until their end. */
export const BLOCKS: readonly string[] = ['if', 'unless', 'case'];

/** How many values a filter takes. */
interface FilterRule {
  readonly least: number;
  readonly most: number;
  /** The name that a value may have before it. */
  readonly named?: string;
}

const rules = (names: readonly string[], least: number, most: number) =>
  names.map((name): [string, FilterRule] => [name, { least, most }]);

export const FILTERS: ReadonlyMap<string, FilterRule> = new Map([
  ...rules(['abs', 'ceil', 'floor', 'capitalize', 'upcase', 'downcase'], 0, 0),
  ...rules(['at_least', 'at_most', 'plus', 'minus', 'times', 'divided_by', 'modulo'], 1, 1),
  ...rules(['append', 'prepend'], 1, 1),
  ...rules(['round', 'strip'], 0, 1),
  ...rules(['truncate'], 0, 2),
  ['default', { least: 1, most: 2, named: 'allow_false' }],
]);

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
  keepOnly(liquid.filters, [...FILTERS.keys()]);
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

/** The tags and the filters that there are, to tell of one that is not. */
export const KNOWN = {
  tag: [...TAGS.filter((tag) => tag !== '#'), ...INNER_TAGS],
  filter: [...FILTERS.keys()],
} as const;
