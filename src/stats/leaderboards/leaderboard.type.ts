import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { User } from '../../auth/users/user.type.js';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { LeaderboardRow } from './leaderboard.repository.js';

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
