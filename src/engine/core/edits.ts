/** Where a text is changed, counted from 0, and what is written there. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** A place of a text, as authors see it. */
export interface Place {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** The line around it, shortened. */
  readonly excerpt: string;
}

/** A place of a text before and after it is changed there. */
export interface EditedPlace extends Omit<Place, 'excerpt'> {
  readonly before: string;
  readonly after: string;
}

/** How much of a line an excerpt shows before a place, and from there on. */
const AROUND = { before: 40, after: 80 };

/** Where some places of a text are, given in their order. Goes through its lines once. */
export function placesIn(text: string, indices: Iterable<number>): Place[] {
  const lines = new Lines(text);
  return Array.from(indices, (index) => {
    const { line, column, begin, end } = lines.at(index);
    const from = Math.max(begin, index - AROUND.before);
    return { line, column, excerpt: cut(text, from, Math.min(end, index + AROUND.after)) };
  });
}

/** A text with edits made, which are given in their order and do not overlap, and each of their places. Linear. */
export function edited(
  text: string,
  edits: readonly Edit[],
): { readonly text: string; readonly places: EditedPlace[] } {
  const lines = new Lines(text);
  const pieces: string[] = [];
  let done = 0;
  const places = edits.map(({ start, end, by }): EditedPlace => {
    pieces.push(text.slice(done, start), by);
    done = end;
    const { line, column, begin, end: lineEnd } = lines.at(start);
    const from = Math.max(begin, start - AROUND.before);
    const to = Math.max(end, Math.min(lineEnd, start + AROUND.after));
    const after = `${text.slice(from, start)}${by}${text.slice(end, to)}`.toWellFormed();
    return { line, column, before: cut(text, from, to), after };
  });
  return { text: pieces.join('') + text.slice(done), places };
}

const cut = (text: string, from: number, to: number) => text.slice(from, to).toWellFormed();

class Lines {
  #line = 1;
  #begin = 0;
  #end: number;

  constructor(private readonly text: string) {
    this.#end = endOfLine(text, 0);
  }

  at(index: number) {
    while (this.#end < index) {
      this.#line += 1;
      this.#begin = this.#end + 1;
      this.#end = endOfLine(this.text, this.#begin);
    }
    const column = index - this.#begin + 1;
    return { line: this.#line, column, begin: this.#begin, end: this.#end };
  }
}

function endOfLine(text: string, begin: number): number {
  const end = text.indexOf('\n', begin);
  return end === -1 ? text.length : end;
}
