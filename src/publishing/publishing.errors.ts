import type { FindingRecord } from '../engine/core/prover/proof-record.js';
import { toPlainFinding } from '../engine/validation/validation.type.js';
import { ErrorCode } from '../graphql/error-code.js';
import { ApiError, badField, forbidden, notFound } from '../graphql/errors.js';

export const storyInvalid = (findings: readonly FindingRecord[]) => {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return new ApiError(
    ErrorCode.STORY_INVALID,
    errors === 1
      ? 'The story has 1 structural error. Mend it, then publish; extensions.findings tells where it is.'
      : `The story has ${errors} structural errors. Mend them, then publish; extensions.findings lists all.`,
    { findings: findings.map(toPlainFinding) },
  );
};

export const readersGetStuck = (findings: readonly FindingRecord[]) => {
  const places = findings.filter(({ severity }) => severity === 'error').length;
  return new ApiError(
    ErrorCode.STORY_INVALID,
    `Readers can get stuck at ${places === 1 ? '1 place. Mend it' : `${places} places. Mend them`}, or set input.publishAnyway; extensions.findings shows how to come there.`,
    { findings: findings.map(toPlainFinding) },
  );
};

export const noSuchVersion = () => notFound('There is no such version.');

export const idOrKeyNeeded = () => badField('id', 'give either the id of the node or its key');

export const notPublished = () => notFound('This story is not published.');

export const linkIsOver = () =>
  forbidden('This link is over, or it was altered. Export the story again for a new one.');
