import { badField, forbidden } from '../graphql/errors.js';

export const othersStatistics = () =>
  forbidden('Only administrators may see the statistics of others.');

export const endsBeforeItBegins = () => badField('to', 'must not lie before `from`');

export const tooManyDays = (most: number) =>
  badField('from', `must be at most ${most} days before \`to\`; ask for the rest in further calls`);
