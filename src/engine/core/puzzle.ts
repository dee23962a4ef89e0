import type { PuzzleDefinition } from './definition.js';

/** Whether an answer is right. Case, spaces around and between words, and forms of the same letter do not matter. */
export const isRight = ({ kind, answers }: PuzzleDefinition, answer: string): boolean =>
  answers.some((right) => comparable(kind, right) === comparable(kind, answer));

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
function numeral(text: string): string {
  const written = plain(text).replaceAll(' ', '');
  const value = Number(written.replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  return written === '' || Number.isNaN(value) ? `not a number: ${written}` : `${value}`;
}
