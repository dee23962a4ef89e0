import type { Place } from './place.js';

/** Finds the place of an offset in a text. Only a line feed ends a line. */
export const placesIn = (text: string): ((offset: number) => Place) => {
  const lineStarts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    lineStarts.push(end + 1);
  }
  return (offset) => {
    let line = 0;
    for (let above = lineStarts.length; above - line > 1;) {
      const middle = (line + above) >> 1;
      if (lineStarts[middle]! <= offset) line = middle;
      else above = middle;
    }
    return { line: line + 1, column: offset - lineStarts[line]! + 1 };
  };
};

/** The offset of a place in a text; its end where it has no such place. */
export const offsetOf = (text: string, { line, column }: Place): number => {
  let start = 0;
  for (let before = line; before > 1; before--) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
};
