import { Injectable, type ExecutionContext } from '@nestjs/common';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerRequest,
} from '@nestjs/throttler';
import { requestOf } from '../../graphql/context.js';
import { rateLimited } from '../../graphql/errors.js';

/** Limits calls by the account that they concern, where there is one, and by the address that they come from. */
@Injectable()
export abstract class AccountThrottle extends ThrottlerGuard {
  /** The name that calls are counted under, or undefined where they are counted by their address alone. */
  protected abstract accountOf(execution: ExecutionContext): Promise<string | undefined>;

  protected override async handleRequest(request: ThrottlerRequest): Promise<boolean> {
    if (request.throttler.name !== 'account') return super.handleRequest(request);
    const account = await this.accountOf(request.context);
    return (
      account === undefined ||
      super.handleRequest({ ...request, getTracker: () => Promise.resolve(account) })
    );
  }

  protected override getRequestResponse(execution: ExecutionContext) {
    const req = requestOf(execution);
    return { req: req as never, res: {} };
  }

  protected override throwThrottlingException(
    _: ExecutionContext,
    { timeToBlockExpire: seconds }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw rateLimited(`Too many attempts. Try again in ${seconds} seconds.`, seconds);
  }
}
