import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { EditedThing } from '../history/history.type.js';
import type { CommentEntity } from './comment.entity.js';
import type { PlaceRow } from './comment.repository.js';

@ObjectType({ description: 'What a comment is about, as it is called today.' })
export class CommentPlace {
  @Field(() => EditedThing, { description: 'What kind of thing it is.' })
  of: EditedThing;

  @Field(() => ID, {
    nullable: true,
    description: 'The node, or the one that the choice leads away from; null for the story itself.',
  })
  nodeId: string | null;

  @Field(() => String, { nullable: true, description: 'What the author calls that node.' })
  nodeKey: string | null;

  @Field(() => ID, { nullable: true, description: 'The choice; null for anything else.' })
  choiceId: string | null;

  @Field(() => String, { nullable: true, description: 'The letter of the choice.' })
  letter: string | null;

  @Field({ description: 'Whether the draft has it no longer.' })
  isDeleted: boolean;
}

@ObjectType({ description: 'What somebody who works on a story said about it, or replied.' })
export class Comment {
  @Field(() => ID, { description: 'The id of the comment.' })
  id: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The first comment of the thread that this is a reply in; null for the first.',
  })
  threadId: string | null;

  @Field({ description: 'The text, in Markdown; empty when it was deleted.' })
  text: string;

  @Field({ description: 'When it was written.' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When its text was changed last.' })
  editedAt: Date | null;

  @Field({ description: 'Whether it was deleted, and stays for the replies to it.' })
  isDeleted: boolean;

  @Field(() => Date, {
    nullable: true,
    description: 'When the thread was resolved; null while it is open, and for replies.',
  })
  resolvedAt: Date | null;

  /** Not exposed: what resolvers go on from. */
  readonly row: CommentEntity;
}

export const CommentConnection = ConnectionType('Comment', () => Comment);

export const toComment = (row: CommentEntity): Comment => ({
  id: encodeId('comment', row.commentId),
  threadId: row.parentId === null ? null : encodeId('comment', row.parentId),
  text: row.text,
  createdAt: row.createdAt,
  editedAt: row.editedAt,
  isDeleted: row.deletedAt !== null,
  resolvedAt: row.resolvedAt,
  row,
});

export const toPlace = ({
  nodeId,
  nodeKey,
  choiceId,
  letter,
  isDeleted,
}: PlaceRow): CommentPlace => ({
  of: kindOf(nodeId, choiceId),
  nodeId: nodeId === null ? null : encodeId('node', nodeId),
  nodeKey,
  choiceId: choiceId === null ? null : encodeId('choice', choiceId),
  letter,
  isDeleted,
});

function kindOf(nodeId: number | null, choiceId: number | null): EditedThing {
  if (choiceId !== null) return EditedThing.CHOICE;
  return nodeId === null ? EditedThing.STORY : EditedThing.NODE;
}
