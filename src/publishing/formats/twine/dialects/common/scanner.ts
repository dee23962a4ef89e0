/** Goes through a text from its beginning to its end. Searches for what closes something are remembered when they fail. */
export class Scanner {
  position = 0;
  readonly #missing = new Set<string>();

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

  /** Where `end` next stands from `position` on; -1 where it does not, which is found out once. */
  find(end: string, position = this.position): number {
    if (this.#missing.has(end)) return -1;
    const found = this.text.indexOf(end, position);
    if (found < 0) this.#missing.add(end);
    return found;
  }

  /** Takes what stands between `begin`, here, and the next `end`. @returns it; undefined where there is no such thing */
  between(begin: string, end: string): string | undefined {
    if (!this.text.startsWith(begin, this.position)) return undefined;
    return this.upTo(end, this.position + begin.length);
  }

  /** Takes all up to and with `end`. @returns what stands before it; undefined, and nothing is taken, where it is missing */
  upTo(end: string, from = this.position): string | undefined {
    const found = this.find(end, from);
    if (found < 0) return undefined;
    const inner = this.text.slice(from, found);
    this.position = found + end.length;
    return inner;
  }
}
