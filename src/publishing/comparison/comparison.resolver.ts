import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { paginateInOrder, PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { VersionService } from '../versions/version.service.js';
import {
  StoryComparison,
  StoryDifferenceConnection,
  toComparison,
  toDifference,
  type StoryDifference,
} from './comparison.type.js';

@Resolver(() => StoryComparison)
export class ComparisonResolver {
  constructor(private readonly versions: VersionService) {}

  @Query(() => StoryComparison, {
    description:
      'What differs between two versions of a story, or between a version and the draft.',
    complexity: MOST_OF_AN_OPERATION,
  })
  @AccessFor(Access.Registered)
  async compareVersions(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('from', 'version', {
      nullable: true,
      description:
        'The earlier version. When it is left out: the newest version where `to` is left out too, else the draft.',
    })
    from?: number,
    @IdArg('to', 'version', {
      nullable: true,
      description: 'The later version; the draft when left out.',
    })
    to?: number,
  ): Promise<StoryComparison> {
    return toComparison(await this.versions.compare(viewer, storyId, from, to));
  }

  @ResolveField(() => StoryDifferenceConnection, {
    description: 'Everything that differs: declarations first, then node by node.',
  })
  differences(
    @Parent() { all }: StoryComparison,
    @Args() page: PageArgs,
  ): Promise<Connection<StoryDifference>> {
    return paginateInOrder(all, { page, list: 'StoryComparison.differences' }, toDifference);
  }
}
