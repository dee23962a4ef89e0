import { createHash } from 'node:crypto';
import {
  applyDecorators,
  Inject,
  Injectable,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import { argumentsOf, requestOf } from '../../graphql/context.js';
import { UserRepository } from '../users/user.repository.js';
import { AccountThrottle } from './account-throttle.js';

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
class SignInThrottle extends AccountThrottle {
  @Inject() private readonly users: UserRepository;

  /** The account that is being tried, by whichever of its names; else the one signed in, if there is any. */
  protected override async accountOf(execution: ExecutionContext): Promise<string | undefined> {
    const { input } = argumentsOf<{ input: { identifier?: string } }>(execution);
    const identifier = input?.identifier?.trim().toLowerCase();
    const { viewer } = requestOf(execution);
    if (identifier === undefined) return viewer && `user ${viewer.userId}`;
    const user = await this.users.findByIdentifier(identifier);
    return user === null ? `name ${identifier}` : `user ${user.userId}`;
  }
}

/** Method decorator: counts and limits the calls of an operation that guesses could be made with. */
export const ThrottleSignIn = () => applyDecorators(UseGuards(SignInThrottle));
