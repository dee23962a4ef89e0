import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { CoverageService } from './coverage.service.js';
import {
  ChoiceCoverageConnection,
  NodeCoverageConnection,
  StoryCoverage,
  type ChoiceCoverage,
  type NodeCoverage,
} from './coverage.type.js';
import { StoryAnalytics } from './story-analytics.type.js';

@Resolver(() => StoryAnalytics)
export class CoverageResolver {
  constructor(private readonly service: CoverageService) {}

  @ResolveField(() => StoryCoverage, {
    nullable: true,
    description: 'How much of `version` is seen; null before there is one.',
    complexity: ({ childComplexity }) => MOST_OF_AN_OPERATION + childComplexity,
  })
  coverage(
    @Parent() { asked }: StoryAnalytics,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryCoverage | null> {
    return this.service.coverage(asked, loaders);
  }
}

@Resolver(() => StoryCoverage)
export class CoveredPlacesResolver {
  @ResolveField(() => NodeCoverageConnection, {
    description: 'The nodes, in the order of the story.',
  })
  nodes(
    @Parent() { covered }: StoryCoverage,
    @Args() page: PageArgs,
  ): Promise<Connection<NodeCoverage>> {
    return paginateInOrder(covered.nodes, { page, list: 'StoryCoverage.nodes' }, (node) => node);
  }

  @ResolveField(() => ChoiceCoverageConnection, {
    description: 'The choices, in the order of the story.',
  })
  choices(
    @Parent() { covered }: StoryCoverage,
    @Args() page: PageArgs,
  ): Promise<Connection<ChoiceCoverage>> {
    const list = 'StoryCoverage.choices';
    return paginateInOrder(covered.choices, { page, list }, (choice) => choice);
  }
}
