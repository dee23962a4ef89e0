import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../graphql/connection.js';
import { forbidden } from '../graphql/errors.js';
import type { Viewer } from '../graphql/viewer.js';
import { UserService } from '../auth/users/user.service.js';
import { StatsRepository } from './stats.repository.js';
import {
  toEntry,
  toStats,
  type LeaderboardEntry,
  type LeaderboardMetric,
  type UserStats,
} from './stats.type.js';

@Injectable()
export class StatsService {
  constructor(
    private readonly stats: StatsRepository,
    private readonly users: UserService,
  ) {}

  /** One's own statistics, or for administrators anybody's. */
  async of(viewer: Viewer, userId = viewer.userId): Promise<UserStats> {
    if (userId !== viewer.userId && viewer.role !== 'admin') {
      throw forbidden('Only administrators may see the statistics of others.');
    }
    await this.users.get(userId);
    return toStats(userId, await this.stats.find(userId));
  }

  async leaderboard(
    metric: LeaderboardMetric,
    page: PageArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    return paginate(
      {
        page,
        list: `leaderboard ${metric}`,
        keys: ['id', 'id'],
        fetch: (limit, after) => this.stats.leaderboard(metric, limit, after),
        keysetOf: ({ value, userId }) => [value, userId],
        count: () => this.stats.countRanked(metric),
      },
      toEntry,
    );
  }
}
