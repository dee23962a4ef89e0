import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginate, type Connection } from '../../graphql/connection.js';
import { requestOf } from '../../graphql/context.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { toAccount } from '../users/user.type.js';
import { LoginInput, RegisterInput } from './session.inputs.js';
import { SessionRepository } from './session.repository.js';
import { SessionService, type Device, type SignedIn } from './session.service.js';
import { AuthPayload, SessionConnection, toSession, type Session } from './session.type.js';
import { ThrottleSignIn } from './sign-in-throttle.js';

const FromDevice = createParamDecorator((_: unknown, execution: ExecutionContext): Device => {
  const { headers, ip } = requestOf(execution);
  return { userAgent: headers['user-agent'] ?? 'unknown', address: ip };
});

const toPayload = (signedIn: SignedIn): AuthPayload => ({
  ...signedIn,
  user: toAccount(signedIn.user),
});

@Resolver()
export class SessionResolver {
  constructor(
    private readonly service: SessionService,
    private readonly repository: SessionRepository,
  ) {}

  @Mutation(() => AuthPayload, {
    description:
      'Makes an account and signs it in. Called by a guest, it turns the guest into the account.',
  })
  @AccessFor(Access.Public)
  @ThrottleSignIn()
  async register(
    @CurrentViewer() viewer: Viewer | undefined,
    @FromDevice() device: Device,
    @Args('input', { description: 'The new account.' }) input: RegisterInput,
  ): Promise<AuthPayload> {
    return toPayload(await this.service.register(input, viewer, device));
  }

  @Mutation(() => AuthPayload, { description: 'Signs in, by name or e-mail address.' })
  @AccessFor(Access.Anonymous)
  @ThrottleSignIn()
  async login(
    @FromDevice() device: Device,
    @Args('input', { description: 'Who signs in.' }) input: LoginInput,
  ): Promise<AuthPayload> {
    return toPayload(await this.service.login(input, device));
  }

  @Mutation(() => AuthPayload, {
    description: 'Makes a guest, who can play at once and register later without losing anything.',
  })
  @AccessFor(Access.Anonymous)
  @ThrottleSignIn()
  async continueAsGuest(@FromDevice() device: Device): Promise<AuthPayload> {
    return toPayload(await this.service.continueAsGuest(device));
  }

  @Mutation(() => AuthPayload, {
    description:
      'Exchanges a refresh token for the next pair. Each token works once: a second use ends the whole session.',
  })
  @AccessFor(Access.Anonymous)
  @ThrottleSignIn()
  async refreshTokens(
    @Args('refreshToken', { description: 'The refresh token last received.' }) refreshToken: string,
  ): Promise<AuthPayload> {
    return toPayload(await this.service.refresh(refreshToken));
  }

  @Mutation(() => Boolean, { description: 'Ends the session of this request.' })
  @AccessFor(Access.SignedIn)
  async logout(@CurrentViewer() viewer: Viewer): Promise<boolean> {
    await this.service.logout(viewer);
    return true;
  }

  @Query(() => SessionConnection, {
    description: 'The devices the user is signed in on, newest first.',
  })
  @AccessFor(Access.SignedIn)
  sessions(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Connection<Session>> {
    return paginate(
      {
        page,
        list: 'sessions',
        keys: ['id'],
        fetch: (limit, after) =>
          this.repository.findLive(viewer.userId, limit, after?.[0] as number),
        keysetOf: ({ sessionId }) => [sessionId],
        count: () => this.repository.countLive(viewer.userId),
      },
      (session) => toSession(session, viewer),
    );
  }

  @Mutation(() => Boolean, { description: 'Ends one session of the user.' })
  @AccessFor(Access.SignedIn)
  async revokeSession(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'session', { description: 'The session to end.' }) sessionId: number,
  ): Promise<boolean> {
    await this.service.revoke(viewer, sessionId);
    return true;
  }
}
