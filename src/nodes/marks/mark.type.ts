import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { NodesChanged } from './mark.service.js';

@ObjectType({ description: 'What came of a change of many nodes.' })
export class NodesChange {
  @Field(() => Int, { description: 'How many nodes it was about.' })
  count: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The change, for undoDraft; null where all were so already.',
  })
  changeId: string | null;

  /** Not exposed: what resolvers go on from. */
  readonly changed: NodesChanged;
}

export const toNodesChange = (changed: NodesChanged): NodesChange => ({
  count: changed.count,
  changeId: changed.changeId === undefined ? null : encodeId('change', changed.changeId),
  changed,
});

@ObjectType({ description: 'A chapter or a tag of a draft.' })
export class NodeGroup {
  @Field({ description: 'Its name.' })
  name: string;

  @Field(() => Int, { description: 'How many nodes have it.' })
  nodeCount: number;
}

export const NodeGroupConnection = ConnectionType('NodeGroup', () => NodeGroup);
