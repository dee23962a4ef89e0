import { Args, ArgsType, Field, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { VersionHeadById } from '../../publishing/versions/version.loaders.js';
import { StoryVersion, toVersion } from '../../publishing/versions/version.type.js';
import { PlaceAnalyticsService, versionOf } from './place-analytics.service.js';
import {
  EndingAnalytics,
  Funnel,
  NodeAnalyticsConnection,
  NodeAnalyticsOrder,
  type NodeAnalytics,
} from './place-analytics.type.js';
import { StoryAnalytics } from './story-analytics.type.js';

@ArgsType()
class NodeAnalyticsArgs extends PageArgs {
  @Field(() => NodeAnalyticsOrder, {
    defaultValue: NodeAnalyticsOrder.STORY,
    description: 'How to order them.',
  })
  orderBy: NodeAnalyticsOrder;
}

@Resolver(() => StoryAnalytics)
export class PlaceAnalyticsResolver {
  constructor(
    private readonly service: PlaceAnalyticsService,
    private readonly versions: VersionHeadById,
  ) {}

  @ResolveField(() => StoryVersion, {
    nullable: true,
    description:
      'The version whose nodes are told of: the one that was asked for, else the one that readers begin with; null before there is one.',
  })
  async version(
    @Parent() { asked }: StoryAnalytics,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryVersion | null> {
    const versionId = versionOf(asked);
    const head = versionId === null ? undefined : await loaders.over(this.versions).load(versionId);
    return head === undefined ? null : toVersion(head);
  }

  @ResolveField(() => NodeAnalyticsConnection, {
    description:
      'The nodes of `version`, with what was chosen there and where readers went no further.',
  })
  nodes(
    @Parent() { asked }: StoryAnalytics,
    @RequestLoaders() loaders: Loaders,
    @Args() args: NodeAnalyticsArgs,
  ): Promise<Connection<NodeAnalytics>> {
    return this.service.nodes(asked, loaders, args);
  }

  @ResolveField(() => [EndingAnalytics], { description: 'The endings of `version`, in its order.' })
  async endings(
    @Parent() { asked }: StoryAnalytics,
    @RequestLoaders() loaders: Loaders,
  ): Promise<readonly EndingAnalytics[]> {
    return (await this.service.places(asked, loaders))?.endings ?? [];
  }

  @ResolveField(() => Funnel, {
    description:
      'How many of the playthroughs that were begun with `version` on these days came to nodes of it, one after another, whatever lay between.',
    complexity: 1000,
  })
  funnel(
    @Parent() { asked }: StoryAnalytics,
    @RequestLoaders() loaders: Loaders,
    @Args('nodeIds', { type: () => [ID], description: 'The path: 1 to 10 nodes.' })
    nodeIds: string[],
  ): Promise<Funnel> {
    return this.service.funnel(asked, loaders, nodeIds);
  }
}
