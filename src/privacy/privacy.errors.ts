import { badField, conflict, notFound, rateLimited } from '../graphql/errors.js';

export const tooManyExports = (most: number) =>
  rateLimited(`You have ${most} data exports already. Each is deleted after seven days.`, 86_400);

export const linkIsOver = () =>
  notFound('This link is over, or was altered. Ask for dataExports to get another one.');

export const notYourName = () =>
  badField('input.username', 'is not your name; type it to say that you mean this account');

export const isAdmin = () =>
  conflict(
    'An administrator cannot delete their account. Let another one take the role back first.',
  );
