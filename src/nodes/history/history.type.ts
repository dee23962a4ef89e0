import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import type { DraftChangeEntity } from '../../stories/changes/draft-change.entity.js';
import { differingFields, fieldsOf } from '../../stories/changes/draft-fields.js';
import type { NetEdit } from './history.repository.js';

export enum DraftChangeKind {
  EDIT = 'edit',
  UNDO = 'undo',
  REDO = 'redo',
  RESTORE = 'restore',
  REPLACE = 'replace',
  IMPORT = 'import',
  RENAME = 'rename',
  INSERT = 'insert',
}

registerEnumType(DraftChangeKind, {
  name: 'DraftChangeKind',
  description: 'How a draft changed.',
  valuesMap: {
    EDIT: { description: 'Somebody edited it.' },
    UNDO: { description: 'A change was taken back.' },
    REDO: { description: 'A change that was taken back was made again.' },
    REPLACE: { description: 'A text was replaced wherever it stood.' },
    IMPORT: { description: 'It became what an imported file says.' },
    RENAME: { description: 'Something was renamed wherever the story goes by it.' },
    INSERT: { description: 'A template was put into it.' },
    RESTORE: { description: 'It became again what a version is.' },
  },
});

export enum EditedThing {
  STORY = 'story',
  NODE = 'node',
  CHOICE = 'choice',
}

registerEnumType(EditedThing, {
  name: 'EditedThing',
  description: 'What an edit or a comment is about.',
  valuesMap: {
    STORY: { description: 'The details or the declarations of the story.' },
    NODE: { description: 'A node.' },
    CHOICE: { description: 'A choice.' },
  },
});

export enum EditAction {
  ADDED = 'added',
  CHANGED = 'changed',
  DELETED = 'deleted',
}

registerEnumType(EditAction, {
  name: 'EditAction',
  description: 'What an edit did.',
  valuesMap: {
    ADDED: { description: 'It was not there before.' },
    CHANGED: { description: 'It is there before and after.' },
    DELETED: { description: 'It is there no longer.' },
  },
});

@ObjectType({ description: 'A field before and after an edit.' })
export class EditedField {
  @Field({
    description:
      'The name of the field in the input that sets it, such as content, toNodeId or variables; twineSource is the file that an import has brought, by a number.',
  })
  name: string;

  @Field(() => String, {
    nullable: true,
    description:
      'As it was, in the form of that input: a text as it is, anything else as JSON; null where there was nothing.',
  })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'As it became, in the same way.' })
  after: string | null;
}

@ObjectType({ description: 'What a change did to one thing.' })
export class DraftEdit {
  @Field(() => EditedThing, { description: 'What it is about.' })
  of: EditedThing;

  @Field(() => EditAction, { description: 'What was done to it.' })
  action: EditAction;

  @Field(() => ID, {
    nullable: true,
    description: 'The node, or the one that the choice leads away from; null for the story itself.',
  })
  nodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author calls that node today.' })
  nodeKey: string | null;

  @Field(() => ID, { nullable: true, description: 'The choice; null for anything else.' })
  choiceId: string | null;

  @Field(() => String, { nullable: true, description: 'The letter of the choice today.' })
  letter: string | null;

  /** Not exposed: what resolvers go on from. */
  readonly storyId: number;
  readonly rowId: number;

  @Field(() => [EditedField], {
    description:
      'Every field that differs; of what was added or deleted, every one that it had. Of a position, the coordinates that differ.',
  })
  fields: EditedField[];
}

export const DraftEditConnection = ConnectionType('DraftEdit', () => DraftEdit);

@ObjectType({ description: 'What one operation did to a draft.' })
export class DraftChange {
  @Field(() => ID, { description: 'The id of the change.' })
  id: string;

  @Field(() => DraftChangeKind, { description: 'How the draft changed.' })
  kind: DraftChangeKind;

  @Field(() => String, {
    nullable: true,
    description: 'What was done, where the kind does not say it.',
  })
  note: string | null;

  @Field({ description: 'When.' })
  createdAt: Date;

  @Field({ description: 'Whether it has been taken back.' })
  isUndone: boolean;

  /** Not exposed: what resolvers go on from. */
  readonly row: DraftChangeEntity;
}

export const DraftChangeConnection = ConnectionType('DraftChange', () => DraftChange);

export const toDraftChange = (row: DraftChangeEntity): DraftChange => ({
  id: encodeId('change', row.changeId),
  kind: row.kind as DraftChangeKind,
  note: row.note,
  createdAt: row.createdAt,
  isUndone: row.undoneBy !== null,
  row,
});

/** A value as an author reads it: a text as it is, anything else as JSON; null for nothing, as an empty list is. */
export const asText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

export const toDraftEdit = (edit: NetEdit, storyId: number): DraftEdit => {
  const { kind, rowId, nodeId, nodeKey, letter } = edit;
  const action = actionOf(edit);
  return {
    of: kind as EditedThing,
    action,
    nodeId: nodeId === null ? null : encodeId('node', nodeId),
    nodeKey,
    choiceId: kind === 'choice' ? encodeId('choice', rowId) : null,
    letter,
    storyId,
    rowId,
    fields: editedFields(edit, action),
  };
};

/** Of what was added or deleted, every field that it had. */
function editedFields({ kind, before, after, whole }: NetEdit, action: EditAction): EditedField[] {
  const was = fieldsOf(kind, action === EditAction.ADDED ? {} : { ...whole, ...before });
  const became = fieldsOf(kind, action === EditAction.DELETED ? {} : { ...whole, ...after });
  return differingFields(was, became).flatMap((name) => {
    const field = { name, before: asText(was[name]), after: asText(became[name]) };
    return field.before === field.after ? [] : [field];
  });
}

function actionOf({ before, after }: NetEdit): EditAction {
  if (before.deleted_at) return EditAction.ADDED;
  return after.deleted_at ? EditAction.DELETED : EditAction.CHANGED;
}
