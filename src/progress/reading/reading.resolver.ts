import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateById, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { AnswerScope, PublicRead } from '../../graphql/public-read.js';
import { CurrentViewer, RequestAnswer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { noSuchNode } from '../../nodes/node.errors.js';
import { NodeRepository } from '../../nodes/nodes/node.repository.js';
import { StoryNode, StoryNodeConnection } from '../../publishing/reader/reader-node.type.js';
import { PlayableProtagonist } from './protagonist.type.js';
import { Story } from '../../stories/story.type.js';
import { isSameForEveryone } from '../../stories/story.policy.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { ReadingService } from './reading.service.js';

/** What readers get of a published story. */
@Resolver(() => Story)
export class ReadingResolver {
  constructor(
    private readonly reading: ReadingService,
    private readonly nodeRepository: NodeRepository,
    private readonly stories: StoryRepository,
  ) {}

  @PublicRead()
  @Query(() => StoryNode, {
    nullable: true,
    description:
      'One node of a published story; under its spoiler guard only when you have been there.',
  })
  @AccessFor(Access.Public)
  async storyNode(
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
    @RequestAnswer() answer: AnswerScope,
    @IdArg('id', 'node', { description: 'The node.' }) nodeId: number,
  ): Promise<StoryNode> {
    const storyId = await this.nodeRepository.storyIdOf(nodeId);
    const head = storyId === undefined ? undefined : await this.stories.findHead(storyId);
    if (head) answer.tellsOf(head.storyId, isSameForEveryone(head), head.since);
    const reading = head && (await this.reading.openPublished(viewer, head, loaders));
    const node = reading?.nodes.get(nodeId);
    if (node === undefined) throw noSuchNode();
    return node;
  }

  @PublicRead()
  @ResolveField(() => StoryNode, {
    nullable: true,
    description: 'Where the published version starts; null while the story is not published.',
  })
  async startNode(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryNode | null> {
    const reading = await this.reading.openPublished(viewer, row, loaders);
    const start = reading?.story.graph.nodes[reading.story.graph.start];
    return (start && reading.nodes.get(start.id)) ?? null;
  }

  @PublicRead()
  @ResolveField(() => [PlayableProtagonist], {
    description: 'Whom you can play; empty where there is no choice, or no published version.',
  })
  async protagonists(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<readonly PlayableProtagonist[]> {
    const reading = await this.reading.openPublished(viewer, row, loaders);
    return reading?.story.graph.schema.protagonists ?? [];
  }

  @PublicRead()
  @ResolveField(() => StoryNodeConnection, {
    nullable: true,
    description: 'The nodes of the published version; null while the story is not published.',
  })
  async nodes(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<StoryNode> | null> {
    const reading = await this.reading.openPublished(viewer, row, loaders);
    if (reading === undefined) return null;
    const list = `nodes of ${row.storyId}`;
    return paginateById(
      reading.nodes.keys(),
      (id) => id,
      { page, list },
      (id) => reading.nodes.get(id)!,
    );
  }
}
