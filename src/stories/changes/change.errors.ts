import { badField } from '../../graphql/errors.js';

export const noSuchRevision = (path: string, revision: number, newest: number) =>
  badField(path, `there is no revision ${revision} yet; the newest is ${newest}`);
