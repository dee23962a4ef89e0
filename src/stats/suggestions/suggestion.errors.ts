import { ErrorCode } from '../../graphql/error-code.js';
import { ApiError, badField, rateLimited } from '../../graphql/errors.js';

export const noModel = () =>
  badField('texts', 'must be 0: this installation has no language model (SUGGESTIONS_URL)');

/** @param why as a part of a sentence: `it took too long` */
export const suggestionsFailed = (why: string) =>
  new ApiError(
    ErrorCode.SUGGESTIONS_FAILED,
    `No text could be proposed: ${why}. Ask with texts: 0, or again later.`,
  );

export const tooManyTexts = () =>
  rateLimited('Too many texts are being proposed. Try again soon.', 20);
