import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { paginate, PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { decodeId, IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryDraft } from '../drafts/draft.type.js';
import { NodeRepository } from '../nodes/node.repository.js';
import { DraftNode, DraftNodeConnection, toDraftNode } from '../nodes/node.type.js';
import {
  DuplicateNodesInput,
  GroupNodesInput,
  MoveNodesInput,
  RenameChapterInput,
  TagNodesInput,
} from './mark.inputs.js';
import { MarkRepository } from './mark.repository.js';
import { MarkService } from './mark.service.js';
import { NodeGroupConnection, NodesChange, toNodesChange, type NodeGroup } from './mark.type.js';

@Resolver()
export class MarkResolver {
  constructor(private readonly service: MarkService) {}

  @Mutation(() => NodesChange, {
    description:
      'Moves nodes on the author’s map, as one change. It asks for no revision and changes none: where nodes stand, the last word counts.',
  })
  @AccessFor(Access.Registered)
  async moveNodes(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'The nodes, and where they are to stand.' })
    { nodes }: MoveNodesInput,
  ): Promise<NodesChange> {
    const places = nodes.map(({ id, position }, i) => ({
      nodeId: decodeId('node', id, `input.nodes.${i}.id`),
      x: position?.x ?? null,
      y: position?.y ?? null,
    }));
    return toNodesChange(await this.service.move(viewer, storyId, places));
  }

  @Mutation(() => NodesChange, { description: 'Puts nodes into a chapter, as one change.' })
  @AccessFor(Access.Registered)
  async groupNodes(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'The nodes, and their chapter.' })
    { nodeIds, chapter = null }: GroupNodesInput,
  ): Promise<NodesChange> {
    return toNodesChange(await this.service.group(viewer, storyId, decoded(nodeIds), chapter));
  }

  @Mutation(() => NodesChange, {
    description: 'Gives tags to nodes and takes others from them, as one change.',
  })
  @AccessFor(Access.Registered)
  async tagNodes(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'The nodes, and the tags.' }) input: TagNodesInput,
  ): Promise<NodesChange> {
    return toNodesChange(await this.service.tag(viewer, storyId, decoded(input.nodeIds), input));
  }

  @Mutation(() => NodesChange, {
    description: 'Renames a chapter, or joins it to another one, as one change.',
  })
  @AccessFor(Access.Registered)
  async renameChapter(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'The chapter, and its new name.' })
    { from, to }: RenameChapterInput,
  ): Promise<NodesChange> {
    return toNodesChange(await this.service.renameChapter(viewer, storyId, from, to));
  }

  @Mutation(() => [DraftNode], {
    description:
      'Copies nodes with their choices, as one change, and answers the copies. Their keys are the next free numbers; choices between the nodes lead to the copies.',
  })
  @AccessFor(Access.Registered)
  async duplicateNodes(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'The nodes.' }) { nodeIds }: DuplicateNodesInput,
  ): Promise<DraftNode[]> {
    return (await this.service.duplicate(viewer, storyId, decoded(nodeIds))).map(toDraftNode);
  }
}

const decoded = (nodeIds: readonly string[]) =>
  nodeIds.map((id, i) => decodeId('node', id, `input.nodeIds.${i}`));

@Resolver(() => NodesChange)
export class NodesChangeResolver {
  constructor(private readonly nodeRepository: NodeRepository) {}

  @ResolveField(() => DraftNodeConnection, {
    description: 'The nodes that it changed, as they are now, oldest first.',
  })
  nodes(
    @Parent() { changed: { changeId } }: NodesChange,
    @Args() page: PageArgs,
  ): Promise<Connection<DraftNode>> {
    if (changeId === undefined) {
      return paginateInOrder([], { page, list: 'NodesChange.nodes' }, toDraftNode);
    }
    return paginate(
      {
        page,
        list: 'NodesChange.nodes',
        keys: ['id'],
        fetch: (limit, [after = 0] = []) =>
          this.nodeRepository.findOfChange(changeId, limit, Number(after)),
        keysetOf: ({ nodeId }) => [nodeId],
        count: () => this.nodeRepository.countOfChange(changeId),
      },
      toDraftNode,
    );
  }
}

@Resolver(() => StoryDraft)
export class DraftMarkResolver {
  constructor(private readonly marks: MarkRepository) {}

  @ResolveField(() => NodeGroupConnection, { description: 'The chapters, by name.' })
  chapters(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<NodeGroup>> {
    return this.#page('chapters', storyId, loaders, page);
  }

  @ResolveField(() => NodeGroupConnection, { description: 'The tags of its nodes, by name.' })
  tags(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<NodeGroup>> {
    return this.#page('tags', storyId, loaders, page);
  }

  async #page(
    of: 'chapters' | 'tags',
    storyId: number,
    loaders: Loaders,
    page: PageArgs,
  ): Promise<Connection<NodeGroup>> {
    const all = await loaders.about(this, of, (ids) => this.marks[of](ids), []).load(storyId);
    return paginateInOrder(all, { page, list: `StoryDraft.${of}` }, (each) => each);
  }
}
