import type { PuzzleDefinition } from './definition.js';

/** Whether an answer is right. Case, spaces around and between words, and forms of the same letter do not matter. */
export const isRight = ({ kind, answers }: PuzzleDefinition, answer: string): boolean =>
  answers.some((right) => comparable(kind, right) === comparable(kind, answer));

/** Whether an answer is one at all: where a number is asked for, it is a number, or as the author wrote it. */
export const isAnswer = (puzzle: PuzzleDefinition, answer: string): boolean =>
  puzzle.kind !== 'number' || numberIn(answer) !== undefined || isRight(puzzle, answer);

function comparable(kind: PuzzleDefinition['kind'], text: string): string {
  switch (kind) {
    case 'text':
      return plain(text);
    case 'number':
      return numeral(text);
    case 'sequence':
      return text.split(',').map(plain).join(',');
    case 'set':
      return [...new Set(text.split(',').map(plain))].sort().join(',');
  }
}

const plain = (text: string) => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Another text for what is no number, which is right only where the author wrote the same. */
const numeral = (text: string): string => `${numberIn(text) ?? `not a number: ${compact(text)}`}`;

/** The number that a text is, with a comma or a point; undefined when it is none. */
function numberIn(text: string): number | undefined {
  const written = compact(text).replace(/^(-?\d+),(\d+)$/, '$1.$2');
  const value = Number(written);
  return written === '' || Number.isNaN(value) ? undefined : value;
}

const compact = (text: string) => plain(text).replaceAll(' ', '');
