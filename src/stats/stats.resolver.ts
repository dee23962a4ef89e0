import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../graphql/access.js';
import { PageArgs, type Connection } from '../graphql/connection.js';
import { IdArg } from '../graphql/ids.js';
import { CurrentViewer } from '../graphql/request.decorators.js';
import type { Viewer } from '../graphql/viewer.js';
import { StatsService } from './stats.service.js';
import {
  LeaderboardConnection,
  LeaderboardMetric,
  UserStats,
  type LeaderboardEntry,
} from './stats.type.js';

@Resolver()
export class StatsResolver {
  constructor(private readonly service: StatsService) {}

  @Query(() => UserStats, {
    description: 'What a reader has done so far: yourself, or as an administrator anybody.',
  })
  @AccessFor(Access.SignedIn)
  userStats(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', { nullable: true, description: 'The reader; yourself when left out.' })
    userId?: number,
  ): Promise<UserStats> {
    return this.service.of(viewer, userId);
  }

  @Query(() => LeaderboardConnection, { description: 'Readers with an account, ranked.' })
  @AccessFor(Access.Public)
  leaderboard(
    @Args('metric', {
      type: () => LeaderboardMetric,
      defaultValue: LeaderboardMetric.STORIES_COMPLETED,
      description: 'What to rank by.',
    })
    metric: LeaderboardMetric,
    @Args() page: PageArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    return this.service.leaderboard(metric, page);
  }
}
