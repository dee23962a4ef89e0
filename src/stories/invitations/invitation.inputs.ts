import { Field, InputType } from '@nestjs/graphql';
import { IsIn } from 'class-validator';
import { IsIdentifier } from '../../auth/auth.rules.js';
import { CollaboratorRole } from '../collaborators/collaborator.type.js';

@InputType({ description: 'Whom to invite to a story, and what they shall be.' })
export class InviteCollaboratorInput {
  @Field({ description: 'The name of a user, or an e-mail address.' })
  @IsIdentifier()
  identifier: string;

  @Field(() => CollaboratorRole, { description: 'What they may do once they accept.' })
  @IsIn(Object.values(CollaboratorRole))
  role: CollaboratorRole;
}
