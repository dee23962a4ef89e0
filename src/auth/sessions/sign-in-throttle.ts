import { createHash } from 'node:crypto';
import {
  applyDecorators,
  Inject,
  Injectable,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
} from '@nestjs/throttler';
import { requestOf } from '../../graphql/context.js';
import { rateLimited } from '../../graphql/errors.js';
import { UserRepository } from '../users/user.repository.js';

const QUARTER_HOUR_MS = 15 * 60_000;

/** Attempts to sign in, register, refresh or change a password: so many for one account, more from one address. */
export const signInThrottles: ThrottlerModuleOptions = {
  throttlers: [
    { name: 'account', ttl: QUARTER_HOUR_MS, limit: 10 },
    { name: 'address', ttl: QUARTER_HOUR_MS, limit: 100 },
  ],
  generateKey: (_, tracker, name) =>
    createHash('sha256').update(`${name} ${tracker}`).digest('base64url'),
  setHeaders: false,
};

@Injectable()
class SignInThrottle extends ThrottlerGuard {
  @Inject() private readonly users: UserRepository;

  protected override async handleRequest(request: ThrottlerRequest): Promise<boolean> {
    if (request.throttler.name !== 'account') return super.handleRequest(request);
    const account = await this.#accountOf(request.context);
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

  /** The account that is being tried, by whichever of its names; else the one signed in, if there is any. */
  async #accountOf(execution: ExecutionContext): Promise<string | undefined> {
    const { input } = GqlExecutionContext.create(execution).getArgs<{
      input?: { identifier?: string };
    }>();
    const identifier = input?.identifier?.trim().toLowerCase();
    const { viewer } = requestOf(execution);
    if (identifier === undefined) return viewer && `user ${viewer.userId}`;
    const user = await this.users.findByIdentifier(identifier);
    return user === null ? `name ${identifier}` : `user ${user.userId}`;
  }
}

/** Method decorator: counts and limits the calls of an operation that guesses could be made with. */
export const ThrottleSignIn = () => applyDecorators(UseGuards(SignInThrottle));
