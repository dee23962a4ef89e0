import { applyDecorators, Injectable, UseGuards, type ExecutionContext } from '@nestjs/common';
import type { ThrottlerRequest } from '@nestjs/throttler';
import { argumentsOf, requestOf } from '../../graphql/context.js';
import { AccountThrottle } from '../sessions/account-throttle.js';

/** How many mails one address gets in a quarter of an hour. */
const MOST_MAILS = 5;

/** Counts mails by whom they go to, without looking whether that is an account, and by the client that asks for them. */
@Injectable()
class MailThrottle extends AccountThrottle {
  protected override async shouldSkip(execution: ExecutionContext): Promise<boolean> {
    return (await this.accountOf(execution)) === undefined;
  }

  protected override handleRequest(request: ThrottlerRequest): Promise<boolean> {
    const { limit, throttler } = request;
    return super.handleRequest({
      ...request,
      limit: throttler.name === 'account' ? MOST_MAILS : limit,
    });
  }

  protected override async getTracker(req: Record<string, unknown>): Promise<string> {
    return `mails from ${await super.getTracker(req)}`;
  }

  protected override accountOf(execution: ExecutionContext): Promise<string | undefined> {
    const { email, input } = argumentsOf<{
      email: string;
      input: { identifier?: string };
    }>(execution);
    const { viewer } = requestOf(execution);
    const user = viewer && `user ${viewer.userId}`;
    if (email !== undefined) return Promise.resolve(`mails to ${normal(email)}`);
    if (input?.identifier === undefined) return Promise.resolve(user && `mails to ${user}`);
    if (!input.identifier.includes('@')) return Promise.resolve(undefined);
    // Counted for each sender, so that nobody can use up what others may invite to an address.
    return Promise.resolve(`mails to ${normal(input.identifier)} by ${user}`);
  }
}

const normal = (address: string) => address.trim().toLowerCase();

/** Method decorator: limits the mails that an operation sends; calls that name somebody without an address send none. */
export const ThrottleMails = () => applyDecorators(UseGuards(MailThrottle));
