import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { NodeDefinition } from '../../engine/core/definition.js';
import type { StoryGraph } from '../../engine/core/graph.js';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { idOrKeyNeeded } from '../publishing.errors.js';
import {
  nodeOf,
  toVersionNode,
  VersionContent,
  VersionNode,
  VersionNodeConnection,
} from './content.type.js';

/** What is in a version. Who may see that is asked where the content is given. */
@Resolver(() => VersionContent)
export class VersionContentResolver {
  constructor(private readonly files: MediaFiles) {}

  @ResolveField(() => VersionNodeConnection, { description: 'The nodes, oldest first.' })
  nodes(
    @Parent() { version: { versionId, graph } }: VersionContent,
    @Args() page: PageArgs,
  ): Promise<Connection<VersionNode>> {
    const list = `VersionContent.nodes ${versionId}`;
    return paginateInOrder(graph.nodes, { page, list }, (node) => this.#shown(node, graph));
  }

  @ResolveField(() => VersionNode, {
    nullable: true,
    description: 'A node by its id or its key; null when the version has none such.',
  })
  node(
    @Parent() { version: { graph } }: VersionContent,
    @IdArg('id', 'node', { nullable: true, description: 'The id of the node.' }) id?: number,
    @Args('key', { type: () => String, nullable: true, description: 'What the author called it.' })
    key?: string | null,
  ): VersionNode | null {
    const node = find(graph, id, key ?? undefined);
    return node === undefined ? null : this.#shown(node, graph);
  }

  #shown(node: NodeDefinition, graph: StoryGraph): VersionNode {
    return toVersionNode(node, graph, this.files.url);
  }
}

function find(
  graph: StoryGraph,
  id: number | undefined,
  key: string | undefined,
): NodeDefinition | undefined {
  if ((id === undefined) === (key === undefined)) throw idOrKeyNeeded();
  return key === undefined ? nodeOf(graph, id) : graph.nodes.find((node) => node.key === key);
}
