import type { PersonalData } from './column.js';
import { OF_AUTHORS } from './of-authors.js';
import { OF_PEOPLE } from './of-people.js';
import { OF_READERS } from './of-readers.js';
import { OF_REVIEWS } from './of-reviews.js';

/** Every column that refers to people. */
export const PERSONAL_DATA: readonly PersonalData[] = [
  ...OF_PEOPLE,
  ...OF_READERS,
  ...OF_REVIEWS,
  ...OF_AUTHORS,
];

/** The statement that erases what refers to the user `$1`; undefined where it stays. */
export function erasureOf({ table, column, erased }: PersonalData): string | undefined {
  if (erased === 'deleted') return `DELETE FROM ${table} WHERE ${column} = $1`;
  return 'by' in erased ? erased.by : undefined;
}
