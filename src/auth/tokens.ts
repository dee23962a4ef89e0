import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits that only its receiver knows. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: it is random, so a plain hash keeps it safe. */
export const hashOf = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');
