import { breachedConstraint } from '../database/breached-constraint.js';
import { ApiError, badField, conflict, notFound, unauthenticated } from '../graphql/errors.js';

export const wrongCredentials = () =>
  unauthenticated('There is no account with this name and password.');

export const sessionOver = () => unauthenticated('This session is over. Sign in again.');

export const expiredAccessToken = () =>
  unauthenticated(
    'The access token is not valid, or has expired. Use refreshTokens, or sign in again.',
  );

export const wrongPassword = () =>
  badField('input.currentPassword', 'is not the password in force');

export const passwordNeeded = () =>
  badField('input.currentPassword', 'is needed to change the e-mail address');

export const deadConfirmation = () =>
  badField(
    'token',
    'is unknown, used already or expired; sign in and use requestEmailConfirmation for another',
  );

export const deadReset = () =>
  badField('token', 'is unknown, used already or expired; use requestPasswordReset for another');

export const noSuchUser = () => notFound('There is no such user.');

export const idOrNameNeeded = () => badField('id', 'give the id of the user, or the username');

export const lastAdmin = (username: string) =>
  conflict(`${username} is the last administrator. Promote somebody else first.`);

export const noSuchSession = () => notFound('You have no such session.');

export const guestNoLonger = () =>
  conflict('This guest has registered already. Sign in with the name and password chosen then.');

export const guestHasNoPassword = () =>
  badField('input.currentPassword', 'a guest has no password yet; use register to set one');

const TAKEN: Readonly<Record<string, { path: string; message: string }>> = {
  users_username_key: { path: 'input.username', message: 'is taken; choose another name' },
  users_email_key: { path: 'input.email', message: 'has an account already; sign in instead' },
};

/** Turns a breach of a unique name into `CONFLICT` with its field; rethrows anything else. */
export function rethrowTaken(error: unknown): never {
  const taken = TAKEN[breachedConstraint(error) ?? ''];
  if (taken === undefined) throw error;
  throw conflict(`${taken.path}: ${taken.message}`, { fields: [taken] }) satisfies ApiError;
}
