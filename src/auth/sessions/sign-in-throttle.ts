import { createHash } from 'node:crypto';
import { applyDecorators, Injectable, UseGuards, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { requestOf } from '../../graphql/context.js';
import { rateLimited } from '../../graphql/errors.js';

const QUARTER_HOUR_MS = 15 * 60_000;

/** Attempts to sign in, register, refresh or change a password: so many for one account, so many more from one address. */
export const signInThrottles: ThrottlerModuleOptions = {
  throttlers: [
    {
      name: 'account',
      ttl: QUARTER_HOUR_MS,
      limit: 10,
      skipIf: (execution) => identifierOf(execution) === undefined,
      getTracker: (_, execution) => `account ${identifierOf(execution) ?? ''}`,
    },
    {
      name: 'address',
      ttl: QUARTER_HOUR_MS,
      limit: 100,
      getTracker: (_, execution) => `address ${requestOf(execution).ip}`,
    },
  ],
  generateKey: (_, tracker, name) =>
    createHash('sha256').update(`${name} ${tracker}`).digest('base64url'),
  setHeaders: false,
};

/** The account that is being tried: the one named, else the one signed in, if there is any. */
function identifierOf(execution: ExecutionContext): string | undefined {
  const { input } = GqlExecutionContext.create(execution).getArgs<{
    input?: { identifier?: string };
  }>();
  const { viewer } = requestOf(execution);
  return input?.identifier?.trim().toLowerCase() ?? viewer?.userId.toString();
}

@Injectable()
class SignInThrottle extends ThrottlerGuard {
  protected override getRequestResponse(execution: ExecutionContext) {
    const req = requestOf(execution);
    return { req: req as never, res: {} };
  }

  protected override throwThrottlingException(
    _: ExecutionContext,
    detail: ThrottlerLimitDetail,
  ): Promise<void> {
    const seconds = detail.timeToBlockExpire;
    throw rateLimited(`Too many attempts. Try again in ${seconds} seconds.`, seconds);
  }
}

/** Method decorator: counts and limits the calls of an operation that guesses could be made with. */
export const ThrottleSignIn = () => applyDecorators(UseGuards(SignInThrottle));
