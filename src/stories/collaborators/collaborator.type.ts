import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CollaboratorEntity } from './collaborator.entity.js';

export enum StoryRole {
  OWNER = 'owner',
  EDITOR = 'editor',
  VIEWER = 'viewer',
}

registerEnumType(StoryRole, {
  name: 'StoryRole',
  description: 'What somebody is to a story.',
  valuesMap: {
    OWNER: { description: 'Its author: may also delete it, give it away, and share it.' },
    EDITOR: { description: 'May also change the draft, publish and unpublish.' },
    VIEWER: { description: 'May see the draft and all about it, and comment.' },
  },
});

export enum CollaboratorRole {
  EDITOR = 'editor',
  VIEWER = 'viewer',
}

registerEnumType(CollaboratorRole, {
  name: 'CollaboratorRole',
  description: 'What somebody is to the story of another.',
  valuesMap: {
    EDITOR: { description: 'May see and change the draft, comment, publish and unpublish.' },
    VIEWER: { description: 'May see the draft and all about it, and comment.' },
  },
});

@ObjectType({ description: 'Somebody who works on the story of another.' })
export class Collaborator {
  @Field(() => CollaboratorRole, { description: 'What they may do.' })
  role: CollaboratorRole;

  @Field({ description: 'When they joined.' })
  addedAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: CollaboratorEntity;
}

export const toCollaborator = (row: CollaboratorEntity): Collaborator => ({
  role: row.role as CollaboratorRole,
  addedAt: row.addedAt,
  row,
});
