import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { LeaderboardService } from './leaderboard.service.js';
import {
  LeaderboardEntryConnection,
  LeaderboardMetric,
  LeaderboardPeriod,
  StoryLeaderboardMetric,
  type LeaderboardEntry,
} from './leaderboard.type.js';

@ArgsType()
class LeaderboardArgs extends PageArgs {
  @Field(() => LeaderboardMetric, {
    defaultValue: LeaderboardMetric.STORIES_COMPLETED,
    description: 'What to rank by.',
  })
  metric: LeaderboardMetric;

  @Field(() => LeaderboardPeriod, {
    defaultValue: LeaderboardPeriod.ALL_TIME,
    description: 'What was done when.',
  })
  period: LeaderboardPeriod;

  @Field({ defaultValue: false, description: 'Whether to rank you among those whom you follow.' })
  friends: boolean;
}

@Resolver()
export class LeaderboardResolver {
  constructor(private readonly service: LeaderboardService) {}

  @Query(() => LeaderboardEntryConnection, {
    description: 'Readers with an account who do not hide, ranked.',
  })
  @AccessFor(Access.Public)
  leaderboard(
    @CurrentViewer() viewer: Viewer | undefined,
    @Args() { metric, period, friends, ...page }: LeaderboardArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    const board = { metric, period };
    return friends
      ? this.service.friends(viewer, board, page)
      : this.service.page(viewer, board, page);
  }

  @Query(() => LeaderboardEntryConnection, {
    description:
      'The readers of a story by their best way to an ending: all of it seen by the server, no variable set by hand.',
  })
  @AccessFor(Access.Public)
  storyLeaderboard(
    @CurrentViewer() viewer: Viewer | undefined,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('metric', { type: () => StoryLeaderboardMetric, description: 'What to rank by.' })
    metric: StoryLeaderboardMetric,
    @Args() page: PageArgs,
  ): Promise<Connection<LeaderboardEntry>> {
    return this.service.ofStory(viewer, { storyId, metric }, page);
  }
}
