import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { StoryRole } from '../collaborators/collaborator.type.js';
import type { InvitationEntity } from './invitation.entity.js';

@ObjectType({
  description: 'A part in a story that somebody has been offered and has not answered.',
})
export class Invitation {
  @Field(() => ID, { description: 'The id of the invitation.' })
  id: string;

  @Field(() => StoryRole, {
    description: 'What they shall be; OWNER where the story is to be theirs from then on.',
  })
  role: StoryRole;

  @Field(() => String, {
    nullable: true,
    description:
      'The address, where it is for whoever has confirmed that in an account, now or later.',
  })
  email: string | null;

  @Field({ description: 'When it was made.' })
  createdAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: InvitationEntity;
}

export const InvitationConnection = ConnectionType('Invitation', () => Invitation);

export const toInvitation = (row: InvitationEntity): Invitation => ({
  id: encodeId('invitation', row.invitationId),
  role: row.role as StoryRole,
  email: row.email,
  createdAt: row.createdAt,
  row,
});
