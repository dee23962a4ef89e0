import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { UserStats } from '../readers/user-stats.type.js';
import { UpdateUserStatsInput } from './correction.inputs.js';
import { CorrectionService } from './correction.service.js';
import { StatsCorrection, StatsCorrectionConnection } from './correction.type.js';

@Resolver(() => StatsCorrection)
export class CorrectionResolver {
  constructor(
    private readonly service: CorrectionService,
    private readonly users: UserById,
  ) {}

  @Mutation(() => UserStats, {
    description: 'Corrects the statistics of a reader by what is added or taken; it is kept.',
  })
  @AccessFor(Access.Admin)
  updateUserStats(
    @CurrentViewer() viewer: Viewer,
    @IdArg('userId', 'user', { description: 'The reader.' }) userId: number,
    @Args('input', { description: 'What to add, and why.' }) input: UpdateUserStatsInput,
  ): Promise<UserStats> {
    return this.service.correct(viewer, userId, input);
  }

  @Query(() => StatsCorrectionConnection, {
    description: 'The corrections of the statistics of a reader, the latest first.',
  })
  @AccessFor(Access.Admin)
  statsCorrections(
    @IdArg('userId', 'user', { description: 'The reader.' }) userId: number,
    @Args() page: PageArgs,
  ): Promise<Connection<StatsCorrection>> {
    return this.service.of(userId, page);
  }

  @ResolveField(() => User, { nullable: true, description: 'The administrator who made it.' })
  async correctedBy(
    @Parent() { row }: StatsCorrection,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    const user = await loaders.over(this.users).load(row.correctedBy);
    return user === undefined ? null : toUser(user);
  }
}
