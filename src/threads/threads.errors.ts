import { ErrorCode } from '../graphql/error-code.js';
import { ApiError, rateLimited } from '../graphql/errors.js';

export const tooManyTasks = () =>
  rateLimited('The server has too much to work out at the moment. Try again soon.', 5);

/** @param longest in milliseconds */
export const tookTooLong = (longest: number) =>
  new ApiError(
    ErrorCode.TOO_LARGE,
    `It was not done after ${longest / 1000} seconds, and was given up: split it into smaller parts.`,
  );

/** @param most in MB */
export const tookTooMuchMemory = (most: number) =>
  new ApiError(
    ErrorCode.TOO_LARGE,
    `It takes more than ${most} MB of memory, and was given up: split it into smaller parts.`,
  );
