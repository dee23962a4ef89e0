/** Where the brackets of a passage end: by the place of an opening one, that of its closing one. */
export type Brackets = ReadonlyMap<number, number>;

export const MACRO_START = /\(\s*([\p{L}_][\p{L}\p{N}_-]*)\s*:(?!\/\/)/uy;

/** What goes by a closing sign, and has no brackets in it. */
const SEALED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['[[', ']]'],
];

/**
 * Finds the ends of macros and of hooks in one go. In macros, signs within quotes do not count; outside, only hooks and
 * macros have brackets.
 */
export function bracketsIn(text: string): Brackets {
  return new BracketFinder(text).find();
}

class BracketFinder {
  readonly #ends = new Map<number, number>();
  readonly #open: { bracket: '(' | '['; at: number }[] = [];
  readonly #missing = new Set<string>();
  #position = 0;

  constructor(private readonly text: string) {}

  find(): Brackets {
    while (this.#position < this.text.length) {
      const isCode = this.#open.at(-1)?.bracket === '(';
      this.#position += (isCode ? this.#inCode() : this.#inText()) || 1;
    }
    return this.#ends;
  }

  /** @returns how many characters to go on, more than one where they go together */
  #inCode(): number {
    const character = this.text[this.#position]!;
    if (character === '"' || character === "'") {
      // `$lamp's name` has no text in it.
      const isPossessive = character === "'" && /^'s\s/.test(this.#ahead());
      return isPossessive ? 1 : this.#sealed(character, character);
    }
    if (character === '(') this.#opens('(');
    else if (character === '[') this.#opens('[');
    else if (character === ')') this.#closes('(');
    return 1;
  }

  #inText(): number {
    for (const [begin, end] of SEALED) {
      const isHook = begin === '[[' && this.text.startsWith('[[[', this.#position);
      if (!isHook && this.text.startsWith(begin, this.#position)) {
        const length = this.#sealed(begin, end);
        if (length > 1) return length;
      }
    }
    const character = this.text[this.#position];
    if (character === '[') this.#opens('[');
    else if (character === ']') this.#closes('[');
    else if (character === '(') {
      MACRO_START.lastIndex = this.#position;
      if (MACRO_START.test(this.text)) this.#opens('(');
    }
    return 1;
  }

  #ahead(): string {
    return this.text.slice(this.#position, this.#position + 3);
  }

  #sealed(begin: string, end: string): number {
    const from = this.#position + begin.length;
    const found = this.#missing.has(end) ? -1 : this.text.indexOf(end, from);
    if (found < 0) this.#missing.add(end);
    return found < 0 ? 1 : found + end.length - this.#position;
  }

  #opens(bracket: '(' | '['): void {
    this.#open.push({ bracket, at: this.#position });
  }

  #closes(bracket: '(' | '['): void {
    if (this.#open.at(-1)?.bracket !== bracket) return;
    this.#ends.set(this.#open.pop()!.at, this.#position);
  }
}
