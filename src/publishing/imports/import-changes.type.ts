import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { EditAction } from '../../nodes/history/history.type.js';
import type { Overwrite } from './overwrites.js';

@ObjectType({
  description:
    'Edits of a node and its choices, or of the details and declarations of a story, that were made since it was last imported and that an import overwrites.',
})
export class ImportOverwrite {
  @Field(() => ID, { nullable: true, description: 'The node; null for the story itself.' })
  nodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author calls that node.' })
  nodeKey: string | null;

  @Field(() => EditAction, {
    description:
      'What the edits did: a node that they ADDED is removed or written again, one that they DELETED comes back.',
  })
  action: EditAction;

  @Field({ description: 'Whether the import removes the node.' })
  isRemoved: boolean;

  @Field(() => [String], {
    description:
      'What was edited and is lost, by the names that the inputs have for it, such as content; choices for any of the choices of the node.',
  })
  fields: string[];

  @Field({ description: 'When the last of these edits was made.' })
  editedAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly userId: number | null;
}

export const ImportOverwriteConnection = ConnectionType('ImportOverwrite', () => ImportOverwrite);

export const toImportOverwrite = ({
  nodeId,
  action,
  fields,
  editedAt,
  ...rest
}: Overwrite): ImportOverwrite => ({
  ...rest,
  nodeId: nodeId === null ? null : encodeId('node', nodeId),
  action: action as EditAction,
  fields: [...fields],
  editedAt: new Date(editedAt),
});
