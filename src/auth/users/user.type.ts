import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { decodeId, encodeId } from '../../graphql/ids.js';
import type { UserEntity } from './user.entity.js';

export enum UserRole {
  GUEST = 'guest',
  USER = 'user',
  ADMIN = 'admin',
}

registerEnumType(UserRole, {
  name: 'UserRole',
  description: 'What an account may do.',
  valuesMap: {
    GUEST: { description: 'May read and play; becomes a user by registering.' },
    USER: { description: 'May also write, publish, and appear on leaderboards.' },
    ADMIN: { description: 'May also run the platform.' },
  },
});

@ObjectType({ description: 'A reader or author, as everyone may see them.' })
export class User {
  @Field(() => ID, { description: 'The id of the user.' })
  id: string;

  @Field({ description: 'The unique name of the user.' })
  username: string;

  @Field({ description: 'When the user joined.' })
  createdAt: Date;
}

export const UserConnection = ConnectionType('User', () => User);

@ObjectType({ description: 'The account of the signed-in user, as only they may see it.' })
export class Account {
  @Field(() => ID, { description: 'The id of the user.' })
  id: string;

  @Field({ description: 'The unique name of the user.' })
  username: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address; null for a guest.' })
  email: string | null;

  @Field({ description: 'Whether the e-mail address is confirmed, by a mail to it.' })
  emailConfirmed: boolean;

  @Field(() => UserRole, { description: 'What the account may do.' })
  role: UserRole;

  @Field({ description: 'The IANA time zone that days and streaks are counted in.' })
  timezone: string;

  @Field({ description: 'Whether others find the user on no leaderboard.' })
  hideFromLeaderboards: boolean;

  @Field({ description: 'When the user joined.' })
  createdAt: Date;

  @Field({ description: 'When the user was last seen, to within a few minutes.' })
  lastActive: Date;
}

export const toUser = ({
  userId,
  username,
  createdAt,
}: Pick<UserEntity, 'userId' | 'username' | 'createdAt'>): User => ({
  id: encodeId('user', userId),
  username,
  createdAt,
});

/** The key of the row behind what everyone may see of a user. */
export const userIdOf = ({ id }: Pick<User, 'id'>): number => decodeId('user', id, 'id');

export const toAccount = (user: UserEntity): Account => ({
  ...toUser(user),
  email: user.email,
  emailConfirmed: user.emailConfirmedAt !== null,
  role: user.role as UserRole,
  timezone: user.timezone,
  hideFromLeaderboards: user.hideFromLeaderboards,
  lastActive: user.lastActive,
});
