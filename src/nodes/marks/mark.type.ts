import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { NodesChanged } from './mark.service.js';

@ObjectType({ description: 'What came of a change of many nodes.' })
export class NodesChange {
  @Field(() => Int, { description: 'How many nodes it was about.' })
  count: number;

  @Field(() => ID, { description: 'The change, for undoDraft.' })
  changeId: string;
}

export const toNodesChange = ({ count, changeId }: NodesChanged): NodesChange => ({
  count,
  changeId: encodeId('change', changeId),
});

@ObjectType({ description: 'A chapter or a tag of a draft.' })
export class NodeGroup {
  @Field({ description: 'Its name.' })
  name: string;

  @Field(() => Int, { description: 'How many nodes have it.' })
  nodeCount: number;
}

export const NodeGroupConnection = ConnectionType('NodeGroup', () => NodeGroup);
