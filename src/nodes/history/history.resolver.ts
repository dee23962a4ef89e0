import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { paginate, PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { noSuchNode } from '../node.errors.js';
import { NodeRepository } from '../nodes/node.repository.js';
import { HistoryRepository } from './history.repository.js';
import { HistoryService } from './history.service.js';
import {
  DraftChange,
  DraftChangeConnection,
  DraftEditConnection,
  toDraftChange,
  toDraftEdit,
  type DraftEdit,
} from './history.type.js';

@Resolver(() => DraftChange)
export class HistoryResolver {
  constructor(
    private readonly service: HistoryService,
    private readonly history: HistoryRepository,
    private readonly stories: StoryService,
    private readonly nodes: NodeRepository,
    private readonly users: UserById,
  ) {}

  @Query(() => DraftChangeConnection, {
    description: 'Everything that was ever changed in a draft, newest first.',
  })
  @AccessFor(Access.Registered)
  async draftHistory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() page: PageArgs,
    @IdArg('nodeId', 'node', {
      nullable: true,
      description: 'Only what was changed about this node and its choices.',
    })
    nodeId?: number,
  ): Promise<Connection<DraftChange>> {
    await this.stories.getInspectable(viewer, storyId);
    if (nodeId !== undefined && (await this.nodes.storyIdOf(nodeId)) !== storyId)
      throw noSuchNode();
    return paginate(
      {
        page,
        list: 'draftHistory',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.history.findPage(storyId, nodeId, limit, before as number | undefined),
        keysetOf: ({ changeId }) => [changeId],
        count: () => this.history.count(storyId, nodeId),
      },
      toDraftChange,
    );
  }

  @Mutation(() => DraftChange, {
    description:
      'Takes a change of a draft back: your last one that stands, or any one by its id. Taking back is a change itself.',
  })
  @AccessFor(Access.Registered)
  async undoDraft(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('changeId', 'change', {
      nullable: true,
      description: 'The change to take back; your last one when left out.',
    })
    changeId?: number,
  ): Promise<DraftChange> {
    return toDraftChange(await this.service.undo(viewer, storyId, changeId));
  }

  @Mutation(() => DraftChange, {
    description:
      'Makes the change of a draft again that you took back last, unless you have changed something else since.',
  })
  @AccessFor(Access.Registered)
  async redoDraft(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
  ): Promise<DraftChange> {
    return toDraftChange(await this.service.redo(viewer, storyId));
  }

  @ResolveField(() => User, {
    nullable: true,
    description: 'Who changed it; null for what came by another way than the application.',
  })
  async author(
    @Parent() { row }: DraftChange,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    if (row.userId === null) return null;
    const user = await loaders.over(this.users).load(row.userId);
    return user === undefined ? null : toUser(user);
  }

  @ResolveField(() => DraftEditConnection, { description: 'What it did, a thing each.' })
  edits(
    @Parent() { row }: DraftChange,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<DraftEdit>> {
    return paginate(
      {
        page,
        list: 'DraftChange.edits',
        keys: ['id'],
        fetch: (limit, [after = 0] = []) =>
          loaders
            .about(
              this,
              `edits ${limit} ${after}`,
              (ids) => this.history.netEdits(ids, limit, Number(after)),
              [],
            )
            .load(row.changeId),
        keysetOf: ({ place }) => [place],
        count: () =>
          loaders
            .about(this, 'edit counts', (ids) => this.history.editCounts(ids), 0)
            .load(row.changeId),
      },
      (edit) => toDraftEdit(edit, row.storyId),
    );
  }
}
