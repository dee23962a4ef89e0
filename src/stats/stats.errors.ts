import { badField, forbidden } from '../graphql/errors.js';

export const othersStatistics = () =>
  forbidden('Only administrators may see the statistics of others.');

export const endsBeforeItBegins = () => badField('to', 'must not lie before `from`');

export const tooManyDays = (most: number) =>
  badField('from', `must be at most ${most} days before \`to\`; ask for the rest in further calls`);

export const streaksOfAllTime = () =>
  badField('period', 'must be ALL_TIME for LONGEST_STREAK: streaks go over months and weeks');

export const inFuture = () => badField('input.day', 'must not lie after today');

export const changesNothing = () =>
  badField('input', 'must add or take something: all its figures are 0');

export const takesTooMuch = (field: string) => ({
  path: `input.${field}`,
  message: 'must not take more than there is: the sum would fall below 0',
});
