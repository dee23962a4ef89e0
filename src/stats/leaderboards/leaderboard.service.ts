import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { LeaderboardRepository } from './leaderboard.repository.js';
import { toEntry, type LeaderboardEntry, type LeaderboardMetric } from './leaderboard.type.js';

@Injectable()
export class LeaderboardService {
  constructor(private readonly leaderboards: LeaderboardRepository) {}

  page(metric: LeaderboardMetric, page: PageArgs): Promise<Connection<LeaderboardEntry>> {
    return paginate(
      {
        page,
        list: `leaderboard ${metric}`,
        keys: ['id', 'id'],
        fetch: (limit, after) => this.leaderboards.page(metric, limit, after),
        keysetOf: ({ value, userId }) => [value, userId],
        count: () => this.leaderboards.count(metric),
      },
      toEntry,
    );
  }
}
