import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { User } from '../auth/users/user.type.js';
import { ConnectionType } from '../graphql/connection.js';
import { encodeId } from '../graphql/ids.js';
import type { LeaderboardRow, UserStatsRow } from './stats.repository.js';

@ObjectType({ description: 'What a reader has done so far.' })
export class UserStats {
  @Field(() => ID, { description: 'The id of the reader.' })
  userId: string;

  @Field(() => Int, { description: 'How many stories they have begun.' })
  storiesStarted: number;

  @Field(() => Int, { description: 'How many stories they have finished at least once.' })
  storiesCompleted: number;

  @Field(() => Int, { description: 'How many different endings they have reached.' })
  endingsFound: number;

  @Field(() => Int, { description: 'How many choices they have made.' })
  totalChoicesMade: number;

  @Field(() => String, {
    nullable: true,
    description: 'The category they play most; null before they play.',
  })
  favoriteCategory: string | null;

  @Field(() => Int, { description: 'How long they have played, in minutes.' })
  totalPlayTime: number;
}

export enum LeaderboardMetric {
  STORIES_COMPLETED = 'STORIES_COMPLETED',
  ENDINGS_FOUND = 'ENDINGS_FOUND',
  CHOICES_MADE = 'CHOICES_MADE',
  PLAY_TIME = 'PLAY_TIME',
}

registerEnumType(LeaderboardMetric, {
  name: 'LeaderboardMetric',
  description: 'What a leaderboard ranks by.',
  valuesMap: {
    STORIES_COMPLETED: { description: 'Stories finished at least once.' },
    ENDINGS_FOUND: { description: 'Different endings reached.' },
    CHOICES_MADE: { description: 'Choices made.' },
    PLAY_TIME: { description: 'Minutes played.' },
  },
});

@ObjectType({ description: 'A place on a leaderboard.' })
export class LeaderboardEntry {
  @Field(() => Int, { description: 'The rank, from 1; equal values share one.' })
  rank: number;

  @Field(() => Int, { description: 'The value of the metric.' })
  value: number;

  @Field(() => User, { description: 'The reader.' })
  user: User;
}

export const LeaderboardConnection = ConnectionType('LeaderboardEntry', () => LeaderboardEntry);

export const toStats = (userId: number, row: UserStatsRow | undefined): UserStats => ({
  userId: encodeId('user', userId),
  storiesStarted: row?.storiesStarted ?? 0,
  storiesCompleted: row?.storiesCompleted ?? 0,
  endingsFound: row?.endingsFound ?? 0,
  totalChoicesMade: row?.totalChoicesMade ?? 0,
  favoriteCategory: row?.favoriteCategory ?? null,
  totalPlayTime: row?.totalPlayTime ?? 0,
});

export const toEntry = ({
  rank,
  value,
  userId,
  username,
  createdAt,
}: LeaderboardRow): LeaderboardEntry => ({
  rank,
  value,
  user: { id: encodeId('user', userId), username, createdAt },
});
