import {
  Args,
  Parent,
  ResolveField,
  Resolver,
  type ComplexityEstimatorArgs,
} from '@nestjs/graphql';
import { paginate, type Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import { mayInspect } from '../../stories/story.policy.js';
import { Story } from '../../stories/story.type.js';
import { StoryDraft } from '../drafts/draft.type.js';
import { MapRepository } from './map.repository.js';
import {
  MapArea,
  MapEdge,
  MapNode,
  MapNodeConnection,
  MapPageArgs,
  MapTile,
  MapTileArgs,
  StoryMap,
  toMapEdge,
  toMapNode,
  toMapTile,
} from './map.type.js';

@Resolver(() => Story)
export class StoryMapFieldResolver {
  constructor(private readonly roles: StoryRoles) {}

  @ResolveField(() => StoryMap, {
    nullable: true,
    description:
      'A part of the author’s map of the draft; null for those who do not work on the story.',
  })
  async map(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
    @Args() area: MapArea,
  ): Promise<StoryMap | null> {
    const role = await this.roles.load(loaders, viewer, row);
    return mayInspect(role) ? { storyId: row.storyId, area } : null;
  }
}

/** One look at all nodes of the part, and as many tiles as it is cut into. */
const tilesCost = ({ args, childComplexity }: ComplexityEstimatorArgs): number => {
  const { columns, rows } = args as MapTileArgs;
  return 1000 + columns * rows * childComplexity;
};

@Resolver(() => StoryMap)
export class StoryMapResolver {
  constructor(private readonly map: MapRepository) {}

  @ResolveField(() => MapNodeConnection, {
    description: 'The nodes that stand there, from left to right.',
  })
  nodes(
    @Parent() { storyId, area }: StoryMap,
    @Args() page: MapPageArgs,
  ): Promise<Connection<MapNode>> {
    return paginate(
      {
        page,
        list: 'StoryMap.nodes',
        keys: ['number', 'id'],
        fetch: (limit, after = [-Number.MAX_VALUE, 0]) =>
          this.map.nodesIn(storyId, area, limit, after as [number, number]),
        keysetOf: ({ x, nodeId }) => [x!, nodeId],
        count: () => this.map.countIn(storyId, area),
      },
      toMapNode,
    );
  }

  @ResolveField(() => [MapTile], {
    description: 'The same from afar: cut into tiles, those that have nodes, row by row.',
    complexity: tilesCost,
  })
  async tiles(@Parent() { storyId, area }: StoryMap, @Args() cut: MapTileArgs): Promise<MapTile[]> {
    const tiles = await this.map.tiles(storyId, area, cut.columns, cut.rows);
    return tiles.map((tile) => toMapTile(tile, area, cut));
  }
}

@Resolver(() => StoryDraft)
export class UnplacedNodesResolver {
  constructor(private readonly map: MapRepository) {}

  @ResolveField(() => MapNodeConnection, {
    description: 'The nodes that stand nowhere on the author’s map yet, oldest first.',
  })
  unplacedNodes(
    @Parent() { storyId }: StoryDraft,
    @Args() page: MapPageArgs,
  ): Promise<Connection<MapNode>> {
    return paginate(
      {
        page,
        list: 'StoryDraft.unplacedNodes',
        keys: ['id'],
        fetch: (limit, [after = 0] = []) => this.map.unplaced(storyId, limit, Number(after)),
        keysetOf: ({ nodeId }) => [nodeId],
        count: () => this.map.countUnplaced(storyId),
      },
      toMapNode,
    );
  }
}

@Resolver(() => MapNode)
export class MapNodeResolver {
  constructor(private readonly map: MapRepository) {}

  @ResolveField(() => [MapEdge], { description: 'Where its choices lead, in their order.' })
  async leaving(
    @Parent() { nodeId }: MapNode,
    @RequestLoaders() loaders: Loaders,
  ): Promise<MapEdge[]> {
    const edges = loaders.about(this, 'leaving', (ids) => this.map.leaving(ids), []);
    return (await edges.load(nodeId)).map(toMapEdge);
  }

  @ResolveField(() => [MapEdge], {
    description: 'What leads to it, oldest first: at most 50, also from outside of the area.',
  })
  async arriving(
    @Parent() { nodeId }: MapNode,
    @RequestLoaders() loaders: Loaders,
  ): Promise<MapEdge[]> {
    const edges = loaders.about(this, 'arriving', (ids) => this.map.arriving(ids), []);
    return (await edges.load(nodeId)).map(toMapEdge);
  }
}
