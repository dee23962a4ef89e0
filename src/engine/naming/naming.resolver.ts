import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { NamingService } from './naming.service.js';
import {
  DraftRename,
  RenameDeclarationInput,
  RenamedPlaceConnection,
  StoryUsage,
  StoryUsageConnection,
  StoryUsagesInput,
  toDraftRename,
  toRenamedPlace,
  toStoryUsage,
  toUsagePlace,
  UsagePlaceConnection,
  type RenamedPlace,
  type UsagePlace,
} from './naming.type.js';

@Resolver(() => StoryUsage)
export class NamingResolver {
  constructor(private readonly service: NamingService) {}

  @Query(() => StoryUsageConnection, {
    description:
      'All that a draft declares, and where it is read and set; what it goes by though nothing declares it; and the nodes whose keys stand in rules or texts.',
  })
  @AccessFor(Access.Registered)
  async storyUsages(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() page: PageArgs,
    @Args('input', { nullable: true, description: 'Which of them.' }) input?: StoryUsagesInput,
  ): Promise<Connection<StoryUsage>> {
    const usages = await this.service.usages(viewer, storyId, input ?? {});
    return paginateInOrder(usages, { page, list: 'storyUsages' }, toStoryUsage);
  }

  @ResolveField(() => UsagePlaceConnection, {
    description: 'Where: in the declarations first, then node by node.',
  })
  places(@Parent() { usage }: StoryUsage, @Args() page: PageArgs): Promise<Connection<UsagePlace>> {
    return paginateInOrder(usage.namings, { page, list: 'StoryUsage.places' }, toUsagePlace);
  }
}

@Resolver(() => DraftRename)
export class RenameResolver {
  constructor(private readonly service: NamingService) {}

  @Mutation(() => DraftRename, {
    description:
      'Renames something that a draft declares, or a node, wherever rules and texts go by it, as one change that undoDraft takes back; or tells what that would do. The story means the same afterwards.',
  })
  @AccessFor(Access.Registered)
  async renameDeclaration(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'What to rename, and how.' })
    { dryRun, ...rename }: RenameDeclarationInput,
  ): Promise<DraftRename> {
    const how = dryRun === true ? 'preview' : 'rename';
    return toDraftRename(await this.service[how](viewer, storyId, rename));
  }

  @ResolveField(() => RenamedPlaceConnection, {
    description: 'Every place, the declarations first, before and after.',
  })
  places(
    @Parent() { renamed }: DraftRename,
    @Args() page: PageArgs,
  ): Promise<Connection<RenamedPlace>> {
    return paginateInOrder(renamed, { page, list: 'DraftRename.places' }, toRenamedPlace);
  }
}
