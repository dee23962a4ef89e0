/** Goes through a text from its beginning to its end. Searches for what closes something are remembered. */
export class Scanner {
  position = 0;
  /** What was searched for last: where from, and where it stands. */
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Takes what a sticky expression matches here. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = this.at(pattern, this.position);
    if (found !== undefined) this.position += found[0].length;
    return found;
  }

  at(pattern: RegExp, position: number): RegExpExecArray | undefined {
    pattern.lastIndex = position;
    return pattern.exec(this.text) ?? undefined;
  }

  /** Where `end` next stands from a place on; -1 where it does not. No part of the text is searched twice on the way. */
  find(end: string, position = this.position): number {
    const known = this.#found.get(end);
    const holds = known !== undefined && known.from <= position;
    if (holds && (known.at < 0 || known.at >= position)) return known.at;
    const at = this.text.indexOf(end, position);
    this.#found.set(end, { from: position, at });
    return at;
  }

  /** Takes what stands between `begin`, here, and the next `end`. @returns it; undefined where there is no such thing */
  between(begin: string, end: string): string | undefined {
    if (!this.text.startsWith(begin, this.position)) return undefined;
    return this.upTo(end, this.position + begin.length);
  }

  /**
   * Takes all up to and with `end`.
   * @returns what stands before it; undefined, and nothing is taken, where it is missing or has more than `most` characters
   */
  upTo(end: string, from = this.position, most = Infinity): string | undefined {
    const found = this.find(end, from);
    if (found < 0 || found - from > most) return undefined;
    const inner = this.text.slice(from, found);
    this.position = found + end.length;
    return inner;
  }
}
