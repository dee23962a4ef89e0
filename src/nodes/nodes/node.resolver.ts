import { Args, Int, Mutation, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { AddNodeInput, UpdateNodeInput } from './node.inputs.js';
import { NodeService } from './node.service.js';
import { DraftNode, toDraftNode } from './node.type.js';

@Resolver()
export class NodeResolver {
  constructor(private readonly service: NodeService) {}

  @Mutation(() => DraftNode, { description: 'Adds a node to the draft of a story.' })
  @AccessFor(Access.Registered)
  async addNode(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to add to.' }) storyId: number,
    @Args('input', { description: 'The new node.' }) input: AddNodeInput,
  ): Promise<DraftNode> {
    return toDraftNode(await this.service.add(viewer, storyId, input));
  }

  @Mutation(() => DraftNode, { description: 'Changes a node of a draft.' })
  @AccessFor(Access.Registered)
  async updateNode(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'node', { description: 'The node to change.' }) nodeId: number,
    @Args('input', { description: 'What to change.' }) input: UpdateNodeInput,
  ): Promise<DraftNode> {
    return toDraftNode(await this.service.update(viewer, nodeId, input));
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes a node of a draft, and its choices. Choices that led to it then lead nowhere.',
  })
  @AccessFor(Access.Registered)
  async deleteNode(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'node', { description: 'The node to delete.' }) nodeId: number,
    @Args('revision', {
      type: () => Int,
      nullable: true,
      description: 'Delete only if this revision is in force; whichever is when left out.',
    })
    revision?: number | null,
  ): Promise<boolean> {
    await this.service.delete(viewer, nodeId, revision ?? undefined);
    return true;
  }
}
