import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Account } from '../users/user.type.js';
import type { SessionEntity } from './session.entity.js';

@ObjectType({ description: 'The tokens of a new or renewed session.' })
export class AuthPayload {
  @Field({ description: 'Send it as "Authorization: Bearer <accessToken>".' })
  accessToken: string;

  @Field({ description: 'Exchange it once, with refreshTokens, for the next pair.' })
  refreshToken: string;

  @Field(() => Int, { description: 'How many seconds the access token lasts.' })
  expiresIn: number;

  @Field(() => Account, { description: 'The account that is signed in.' })
  user: Account;
}

@ObjectType({ description: 'A device that the user is signed in on.' })
export class Session {
  @Field(() => ID, { description: 'The id of the session.' })
  id: string;

  @Field({ description: 'What the client said it was.' })
  userAgent: string;

  @Field({ description: 'The network address it signed in from.' })
  address: string;

  @Field({ description: 'When it signed in.' })
  createdAt: Date;

  @Field({ description: 'When it last renewed its tokens.' })
  lastUsed: Date;

  @Field({ description: 'Whether it is the session of this very request.' })
  isCurrent: boolean;
}

export const SessionConnection = ConnectionType('Session', () => Session);

export const toSession = (session: SessionEntity, viewer: Viewer): Session => ({
  id: encodeId('session', session.sessionId),
  userAgent: session.userAgent,
  address: session.address,
  createdAt: session.createdAt,
  lastUsed: session.lastUsed,
  isCurrent: session.sessionId === viewer.sessionId,
});
