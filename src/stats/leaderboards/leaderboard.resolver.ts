import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { LeaderboardService } from './leaderboard.service.js';
import {
  LeaderboardConnection,
  LeaderboardMetric,
  type LeaderboardEntry,
} from './leaderboard.type.js';

@Resolver()
export class LeaderboardResolver {
  constructor(private readonly service: LeaderboardService) {}

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
    return this.service.page(metric, page);
  }
}
