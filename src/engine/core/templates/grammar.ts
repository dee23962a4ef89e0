import { FILTERS } from './liquid.js';
import type { Piece } from './pieces.js';

/** What is wrong with the inside of a tag or an output, and where in it. */
interface GrammarFault {
  readonly message: string;
  /** Counted from 0. */
  readonly position: number;
}

/**
 * What Liquid overlooks in a piece, which it then tells nonsense for: operators and filters without what they take, and
 * all that stands where nothing may. Linear.
 * @returns the first fault; undefined where there is none, and for a piece that is blank
 */
export const grammarFault = (source: string, tag: Piece['tag']): GrammarFault | undefined =>
  source.trim() === '' ? undefined : new Grammar(source, tag).fault();

const WORD = String.raw`[\p{L}\p{N}_?-]+`;
const QUOTED = String.raw`"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'`;
const TOKEN = new RegExp(
  String.raw`\s*(?:(?<quoted>${QUOTED})|(?<number>[-+]?\d+(?:\.\d+)?(?![\p{L}\p{N}_-]))|` +
    String.raw`(?<name>${WORD}(?:\.${WORD}|\[\s*(?:${QUOTED}|${WORD})\s*\])*)|` +
    String.raw`(?<sign>[=!<>]=|[<>|:,])|(?<stray>\S))`,
  'uy',
);

type Kind = 'quoted' | 'number' | 'name' | 'word' | 'sign' | 'stray' | 'end';

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
}

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>=', 'contains'];
const JOINS = ['and', 'or'];
/** Names that are none: operators that are written as words. */
const WORDS = [...JOINS, 'not', 'contains'];

/** The filters that count, by what other languages have for them. */
const COUNTING: ReadonlyMap<string, string> = new Map([
  ['+', 'plus'],
  ['-', 'minus'],
  ['*', 'times'],
  ['/', 'divided_by'],
  ['%', 'modulo'],
]);

class Grammar {
  #token: Token;
  #before: Token | undefined;

  constructor(
    private readonly source: string,
    private readonly tag: Piece['tag'],
  ) {
    this.#token = this.#read(0);
  }

  fault(): GrammarFault | undefined {
    return this.tag === 'when' ? this.#values() : (this.#expression() ?? this.#filters());
  }

  /** `1, 2 or 3`. */
  #values(): GrammarFault | undefined {
    for (;;) {
      const fault = this.#operand();
      if (fault !== undefined || this.#token.kind === 'end') return fault;
      if (!this.#takes(',', 'or')) return this.#stray();
    }
  }

  #expression(): GrammarFault | undefined {
    for (;;) {
      while (this.#takes('not'));
      const fault = this.#comparison();
      if (fault !== undefined || !this.#takes(...JOINS)) return fault;
    }
  }

  #comparison(): GrammarFault | undefined {
    const fault = this.#operand();
    if (fault !== undefined || !this.#takes(...COMPARISONS)) return fault;
    return this.#operand() ?? (this.#is(...COMPARISONS) ? this.#at(CHAINED) : undefined);
  }

  #operand(): GrammarFault | undefined {
    if (['quoted', 'number', 'name'].includes(this.#token.kind) && !this.#counts()) {
      this.#advance();
      return this.#token.text === '.' ? this.#at('A name is missing after the dot.') : undefined;
    }
    const isMissing = this.#token.kind !== 'stray' && !this.#counts();
    return isMissing && this.#before !== undefined
      ? this.#at(`Something is missing after ${this.#before.text}.`, this.#before)
      : this.#stray();
  }

  #filters(): GrammarFault | undefined {
    while (this.#token.kind !== 'end') {
      if (!this.#takes('|')) return this.#stray();
      const fault = this.#filter();
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #filter(): GrammarFault | undefined {
    const filter = this.#token;
    if (filter.kind !== 'name') return this.#at('A filter is missing after |.', this.#before);
    this.#advance();
    const takes = FILTERS.get(filter.text);
    const least = takes?.least ?? 0;
    if (least > 0 && !this.#hasArguments())
      return this.#at(`${filter.text} needs a value: ${filter.text}: 1.`, filter);
    if (!this.#is(':')) return undefined;
    if (takes?.most === 0) return this.#at(`${filter.text} takes no value.`, filter);
    let given = 0;
    while (this.#takes(':', ',')) {
      const fault = this.#argument(takes?.named);
      if (fault !== undefined) return fault;
      given++;
      if (takes !== undefined && given > takes.most)
        return this.#at(`${filter.text} takes at most ${valuesOf(takes.most)}.`, filter);
      if (this.#is(':')) return this.#stray();
    }
    return undefined;
  }

  /** A value, or one with its name before it. */
  #argument(named: string | undefined): GrammarFault | undefined {
    const { text } = this.#token;
    const fault = this.#operand();
    if (fault !== undefined || !this.#is(':')) return fault;
    if (text !== named) return this.#stray();
    this.#advance();
    return this.#operand();
  }

  /** Whether a colon comes, and something behind it that is no further filter. */
  #hasArguments(): boolean {
    if (!this.#is(':')) return false;
    const next = this.#read(this.#token.start + 1);
    return next.kind !== 'end' && next.text !== '|';
  }

  /** What stands where nothing may, with what to write instead. */
  #stray(): GrammarFault {
    const { kind, text } = this.#token;
    const counting = this.#counts();
    if (counting !== undefined) {
      const inTag = ['if', 'elsif', 'unless'].includes(this.tag ?? '');
      const first = `work it out first: {% assign sum = gold | ${counting}: 1 %}`;
      const sign = kind === 'number' ? text.charAt(0) : text;
      return this.#at(
        `In texts: ${inTag ? `Instead of ${sign}, ${first}` : `Write | ${counting}: instead of ${sign}`}.`,
      );
    }
    if (text === '(' || text === ')') return this.#at(PARENTHESES);
    if (text === '"' || text === "'") return this.#at('This quotation mark is not closed.');
    if (this.#is(...COMPARISONS) && this.tag !== 'when' && this.#before !== undefined)
      return this.#at(`After a filter ${text} cannot stand: assign what it makes to a name first.`);
    return this.#at(`${text} cannot stand here.`);
  }

  /** The filter that does what an arithmetic sign means. Signs of numbers are none, but after a value. */
  #counts(): string | undefined {
    const { kind, text } = this.#token;
    if (kind === 'name' || kind === 'stray') return COUNTING.get(text);
    const isSigned = kind === 'number' && /^[-+]/.test(text);
    const isAfterValue = ['quoted', 'number', 'name'].includes(this.#before?.kind ?? '');
    return isSigned && isAfterValue ? COUNTING.get(text.charAt(0)) : undefined;
  }

  #at(message: string, { start } = this.#token): GrammarFault {
    return { message, position: start };
  }

  #is(...texts: readonly string[]): boolean {
    return ['word', 'sign'].includes(this.#token.kind) && texts.includes(this.#token.text);
  }

  #takes(...texts: readonly string[]): boolean {
    const isOne = this.#is(...texts);
    if (isOne) this.#advance();
    return isOne;
  }

  #advance(): void {
    this.#before = this.#token;
    this.#token = this.#read(this.#token.start + this.#token.text.length);
  }

  #read(from: number): Token {
    TOKEN.lastIndex = from;
    const groups = TOKEN.exec(this.source)?.groups ?? {};
    const [kind, text] = Object.entries(groups).find(([, found]) => found) ?? ['end', ''];
    const start = TOKEN.lastIndex - text.length;
    return WORDS.includes(text)
      ? { kind: 'word', text, start }
      : { kind: kind as Kind, text, start };
  }
}

const CHAINED = 'Only two values are compared at once: join comparisons by and.';

const PARENTHESES =
  'Texts take no parentheses: put one if within another, or assign a part to a name first.';

const valuesOf = (count: number) => (count === 1 ? 'one value' : `${count} values`);
