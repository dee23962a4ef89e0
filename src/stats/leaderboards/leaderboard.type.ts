import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { User } from '../../auth/users/user.type.js';
import { ConnectionType, type Connection } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { LeaderboardRow, Place } from './leaderboard.repository.js';

export enum LeaderboardMetric {
  EXPERIENCE = 'experience',
  STORIES_COMPLETED = 'stories_completed',
  ENDINGS_FOUND = 'endings_found',
  CHOICES_MADE = 'choices_made',
  PLAY_TIME = 'play_time',
  LONGEST_STREAK = 'longest_streak',
}

registerEnumType(LeaderboardMetric, {
  name: 'LeaderboardMetric',
  description: 'What a leaderboard ranks by.',
  valuesMap: {
    EXPERIENCE: { description: 'Experience gained.' },
    STORIES_COMPLETED: { description: 'Stories finished at least once.' },
    ENDINGS_FOUND: { description: 'Different endings reached.' },
    CHOICES_MADE: { description: 'Choices made.' },
    PLAY_TIME: { description: 'Minutes played.' },
    LONGEST_STREAK: { description: 'The most days in a row with play; of all time only.' },
  },
});

export enum LeaderboardPeriod {
  ALL_TIME = 'all',
  MONTH = 'month',
  WEEK = 'week',
}

registerEnumType(LeaderboardPeriod, {
  name: 'LeaderboardPeriod',
  description: 'The time that a leaderboard is over: days of each reader’s own time zone.',
  valuesMap: {
    ALL_TIME: { description: 'All time.' },
    MONTH: { description: 'The month that it is now by universal time.' },
    WEEK: { description: 'The week that it is now by universal time, from Monday.' },
  },
});

export enum StoryLeaderboardMetric {
  FEWEST_STEPS = 'choices',
  FASTEST = 'play_ms',
}

registerEnumType(StoryLeaderboardMetric, {
  name: 'StoryLeaderboardMetric',
  description: 'What the leaderboard of a story ranks by.',
  valuesMap: {
    FEWEST_STEPS: { description: 'Choices to an ending, the fewest first.' },
    FASTEST: { description: 'Seconds to an ending, the fewest first.' },
  },
});

@ObjectType({ description: 'Where somebody stands on a leaderboard.' })
export class LeaderboardPlace {
  @Field(() => Int, { description: 'The rank, from 1; equal values share one.' })
  rank: number;

  @Field(() => Int, { description: 'The value of the metric.' })
  value: number;
}

@ObjectType({ description: 'A place on a leaderboard.' })
export class LeaderboardEntry extends LeaderboardPlace {
  @Field(() => User, { description: 'The reader.' })
  user: User;
}

@ObjectType({ description: 'A page of a leaderboard.' })
export class LeaderboardEntryConnection extends ConnectionType(
  'LeaderboardEntry',
  () => LeaderboardEntry,
) {
  @Field(() => LeaderboardPlace, {
    nullable: true,
    description:
      'Where you stand, on whichever page; null with nothing to show, and for who is not signed in.',
  })
  viewerRank: Promise<Place | undefined>;
}

/** A page, with where the viewer stands: looked up only when it is read. */
export const withViewerRank = (
  page: Connection<LeaderboardEntry>,
  find: () => Promise<Place | undefined>,
): Connection<LeaderboardEntry> => Object.defineProperty(page, 'viewerRank', { get: find });

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
