import { badField, notFound, rateLimited } from '../../graphql/errors.js';

/** The most imports of a user that wait or run at a time. */
export const MOST_UNFINISHED = 5;

/** The most bytes that a file has in the call itself. */
export const MOST_BYTES = 1_000_000;

export const noSuchImport = () => notFound('There is no such import.');

export const tooManyImports = () =>
  rateLimited(`${MOST_UNFINISHED} of your imports are not done yet. Wait for one of them.`, 10);

export const tooLarge = (path: string) =>
  badField(
    path,
    path === 'input.content'
      ? 'has more than 1 MB; upload it with requestUpload of kind IMPORT, and give its uploadId instead'
      : 'has more than 1 MB; put the choices into the file of the nodes, with a column row, and upload that',
  );

export const notText = (path: string) =>
  badField(path, 'has a NUL character, or half of a surrogate pair; take it out');

export const oneFileNeeded = () =>
  badField('input.content', 'give the file itself, or the id of its upload: one of the two');

export const choicesNeedCsv = () =>
  badField('input.choicesContent', 'goes with the format CSV alone; leave it out');
