import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { ObstacleCount, toObstacleCounts } from './obstacle.type.js';
import type { Impact, NodeImpact as NodeImpactModel } from './impact.service.js';

@ObjectType({ description: 'How those who stand at one node are touched by a publication.' })
export class NodeImpact {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What it is called in the version that they read.' })
  nodeKey: string;

  @Field({ description: 'Its title there.' })
  title: string;

  @Field(() => Int, { description: 'How many could go on in the draft.' })
  movable: number;

  @Field(() => Int, {
    description: 'How many of these would go on at the replacement of the node.',
  })
  replaced: number;

  @Field(() => [ObstacleCount], { description: 'Why the others could not, and how many.' })
  obstacles: ObstacleCount[];

  @Field(() => [String], {
    description: 'What those who could move have and would lose, such as a variable that is gone.',
  })
  losses: string[];
}

export const NodeImpactConnection = ConnectionType('NodeImpact', () => NodeImpact);

@ObjectType({
  description:
    'How the readers of a story are touched when its draft is published. All of them can go on where they are, on their own version.',
})
export class PublishImpact {
  @Field(() => Int, { description: 'How many playthroughs go on now.' })
  playthroughs: number;

  @Field(() => Int, { description: 'How many are on a version that is just what the draft is.' })
  unaffected: number;

  @Field(() => Int, { description: 'How many of the others could go on in the draft.' })
  movable: number;

  @Field(() => Int, { description: 'How many could not, and stay on their version.' })
  staying: number;

  /** Not exposed: what resolvers go on from. */
  readonly all: readonly NodeImpactModel[];
}

export function toImpact({ playthroughs, unaffected, nodes }: Impact): PublishImpact {
  const all = [...nodes.values()].sort((one, other) => one.nodeId - other.nodeId);
  const movable = all.reduce((sum, node) => sum + node.movable, 0);
  return {
    playthroughs,
    unaffected,
    movable,
    staying: playthroughs - unaffected - movable,
    all,
  };
}

export const toNodeImpact = (node: NodeImpactModel): NodeImpact => ({
  nodeId: encodeId('node', node.nodeId),
  nodeKey: node.key,
  title: node.title,
  movable: node.movable,
  replaced: node.replaced,
  obstacles: toObstacleCounts(node.obstacles),
  losses: [...node.losses].sort(),
});
