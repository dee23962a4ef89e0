import { ErrorCode } from '../../graphql/error-code.js';
import { ApiError } from '../../graphql/errors.js';

/** What may be known of one: the clients of buckets tell what was answered. */
type Failure = NodeJS.ErrnoException & { $metadata?: { httpStatusCode?: number } };

/** The storage does not do what it should: it is away, refuses us, or is full. */
export class StorageUnavailable extends ApiError {
  constructor(override readonly cause: unknown) {
    super(
      ErrorCode.SERVICE_UNAVAILABLE,
      'The storage of media is away for a moment. Try again shortly.',
    );
  }

  /** What lies at the bottom of it, for who runs the server: `ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9000`. */
  get reason(): string {
    const bottom: Failure | undefined = causesOf(this.cause).at(-1);
    if (bottom === undefined) return String(this.cause);
    const { name, message, code = name, $metadata: answer } = bottom;
    const status = answer?.httpStatusCode;
    return [status && `HTTP ${status}`, code, message].filter(Boolean).join(': ');
  }
}

/** An error with what caused it, the outermost first; empty for what is no error. */
export function causesOf(error: unknown): NodeJS.ErrnoException[] {
  return Error.isError(error) ? [error, ...causesOf(error.cause)] : [];
}
