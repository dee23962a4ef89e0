import { applyDecorators, Injectable, UseGuards, type ExecutionContext } from '@nestjs/common';
import { SkipThrottle, Throttle } from '@nestjs/throttler';
import { AccountThrottle } from '../auth/sessions/account-throttle.js';
import { requestOf } from '../graphql/context.js';

const TEN_MINUTES_MS = 10 * 60_000;

/** Counts each operation of an account by itself. */
@Injectable()
class WriteThrottle extends AccountThrottle {
  protected override accountOf(execution: ExecutionContext): Promise<string | undefined> {
    const { viewer } = requestOf(execution);
    return Promise.resolve(viewer && `${execution.getHandler().name} of user ${viewer.userId}`);
  }
}

/** Method decorator: lets each account call an operation that others see the outcome of so often in ten minutes. */
export const ThrottleWrites = (limit = 60) =>
  applyDecorators(
    UseGuards(WriteThrottle),
    Throttle({ account: { limit, ttl: TEN_MINUTES_MS } }),
    SkipThrottle({ address: true }),
  );
