/** What would be read as a header, with any number of backslashes before it. */
const LIKE_HEADER = /^(\\*\uFEFF?::)/;
const ESCAPED = /^\\(\\*\uFEFF?::)/;
const BLANK = /^[ \t\r]*$/;

/** Whether a line has a backslash that is no part of the text. */
export const isEscaped = (line: string): boolean => ESCAPED.test(line);

/**
 * Reads the lines after a header: `\::` at the start of a line is `::`, and `\\::` is `\::`. Blank lines at the end are
 * left out, as the specification has it.
 */
export const readTweeText = (lines: readonly string[]): string => {
  let end = lines.length;
  while (end > 0 && BLANK.test(lines[end - 1]!)) end--;
  return lines
    .slice(0, end)
    .map((line) => line.replace(ESCAPED, '$1'))
    .join('\n');
};

/** What `readTweeText` reads as the same text, but for blank lines at the end. */
export const writeTweeText = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(LIKE_HEADER, '\\$1'))
    .join('\n');
