const FENCE = /^ {0,3}(?:```|~~~)/;

/** A line of a Markdown text that is not within a block of code. */
export interface ProseLine {
  /** What it says: spaces stand for its code, so that every place stays as it is. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The lines of a Markdown text but for those of its blocks of code. Linear. */
export function proseLines(text: string): ProseLine[] {
  let isCode = false;
  return text.split('\n').flatMap((written, index) => {
    if (FENCE.test(written)) isCode = !isCode;
    if (isCode) return [];
    const prose = written.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    return [{ text: prose, line: index + 1 }];
  });
}

/** As much of what an author wrote as a message shows of it. */
export const shortened = (written: string): string =>
  written.length > 60 ? `${written.slice(0, 60)}…` : written;
