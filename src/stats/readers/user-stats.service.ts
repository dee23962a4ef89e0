import { Injectable } from '@nestjs/common';
import { UserService } from '../../auth/users/user.service.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Viewer } from '../../graphql/viewer.js';
import { dayRange, type DayRangeArgs } from '../day-range.js';
import { today } from '../days.js';
import { othersStatistics } from '../stats.errors.js';
import { toCollected, type CollectedArtifact } from './collected-artifact.type.js';
import { UserStatsRepository } from './user-stats.repository.js';
import {
  toReaderDay,
  toReaderStory,
  toStats,
  type ReaderDay,
  type ReaderStory,
  type UserStats,
} from './user-stats.type.js';

@Injectable()
export class UserStatsService {
  constructor(
    private readonly stats: UserStatsRepository,
    private readonly users: UserService,
  ) {}

  /** One's own statistics, or for administrators anybody's. */
  async of(viewer: Viewer, userId = viewer.userId): Promise<UserStats> {
    if (userId !== viewer.userId && viewer.role !== 'admin') throw othersStatistics();
    await this.users.get(userId);
    return toStats(userId, await this.stats.find(userId));
  }

  /** Day by day, without a gap. @throws {ApiError} `BAD_USER_INPUT` for more than a year */
  async history(userId: number, args: DayRangeArgs): Promise<ReaderDay[]> {
    const { from, to } = dayRange(args, today((await this.users.get(userId)).timezone));
    return (await this.stats.days(userId, from, to)).map(toReaderDay);
  }

  stories(userId: number, page: PageArgs): Promise<Connection<ReaderStory>> {
    return paginate(
      {
        page,
        list: 'UserStats.stories',
        keys: ['date', 'id'],
        fetch: (limit, after) => this.stats.stories(userId, limit, after),
        keysetOf: ({ lastAt, storyId }) => [lastAt.toISOString(), storyId],
        count: () => this.stats.countStories(userId),
      },
      toReaderStory,
    );
  }

  artifacts(userId: number, page: PageArgs): Promise<Connection<CollectedArtifact>> {
    return paginate(
      {
        page,
        list: 'UserStats.artifacts',
        keys: ['date', 'id', 'string'],
        fetch: (limit, after) => this.stats.artifacts(userId, limit, after),
        keysetOf: ({ at, storyId, key }) => [at.toISOString(), storyId, key],
        count: () => this.stats.countArtifacts(userId),
      },
      toCollected,
    );
  }
}
