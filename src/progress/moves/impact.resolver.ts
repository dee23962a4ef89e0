import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ImpactService } from './impact.service.js';
import { PublishImpactInput } from './move.inputs.js';
import {
  NodeImpactConnection,
  PublishImpact,
  toImpact,
  toNodeImpact,
  type NodeImpact,
} from './impact.type.js';

@Resolver(() => PublishImpact)
export class ImpactResolver {
  constructor(private readonly impacts: ImpactService) {}

  @Query(() => PublishImpact, {
    description: 'How the readers of a story are touched when its draft is published.',
    complexity: MOST_OF_AN_OPERATION,
  })
  @AccessFor(Access.Registered)
  async publishImpact(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { nullable: true, description: 'How readers would be moved.' })
    input?: PublishImpactInput,
  ): Promise<PublishImpact> {
    return toImpact(await this.impacts.ofDraft(viewer, storyId, input ?? {}));
  }

  @ResolveField(() => NodeImpactConnection, {
    description: 'Node by node, where those stand who are touched.',
  })
  nodes(@Parent() { all }: PublishImpact, @Args() page: PageArgs): Promise<Connection<NodeImpact>> {
    return paginateInOrder(all, { page, list: 'PublishImpact.nodes' }, toNodeImpact);
  }
}
