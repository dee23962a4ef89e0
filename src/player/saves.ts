/** Keeps the playthrough of one story in the browser, where the browser lets files keep anything. */
export class Saves {
  readonly #key: string;

  /** @param contentHash of the story: another edition has progress of its own */
  constructor(contentHash: string) {
    this.#key = `talegraph ${contentHash}`;
  }

  /** What was kept last; undefined when there is nothing, or nothing that can be read. */
  load(): unknown {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** @returns whether it will be there the next time */
  keep(play: unknown): boolean {
    try {
      localStorage.setItem(this.#key, JSON.stringify(play));
      return true;
    } catch {
      return false;
    }
  }
}
