import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CollaboratorRepository } from './collaborators/collaborator.repository.js';
import {
  CollaboratorResolver,
  StoryCollaboratorsResolver,
} from './collaborators/collaborator.resolver.js';
import { CollaboratorService } from './collaborators/collaborator.service.js';
import { StoryRoles } from './collaborators/story-roles.js';
import { MediaModule } from '../media/media.module.js';
import { DraftChanges } from './changes/draft-changes.js';
import { LaterChanges } from './changes/later-changes.js';
import { InvitationMails } from './invitations/invitation.mails.js';
import { InvitationRepository } from './invitations/invitation.repository.js';
import { InvitationResolver, StoryInvitationsResolver } from './invitations/invitation.resolver.js';
import { InvitationService } from './invitations/invitation.service.js';
import { Invitings } from './invitations/invitings.js';
import { Covers } from './library/cover.js';
import { CoverResolver } from './library/cover.resolver.js';
import { LibraryResolver } from './library/library.resolver.js';
import { LibraryService } from './library/library.service.js';
import { StoryLists } from './story.lists.js';
import { StoryById } from './story.loaders.js';
import { StoryHeads } from './story-heads.js';
import { RecentStories } from './recent-stories.js';
import { StoryRepository } from './story.repository.js';
import { StoryResolver } from './story.resolver.js';
import { StoryService } from './story.service.js';

@Module({
  imports: [AuthModule, MediaModule],
  providers: [
    CollaboratorRepository,
    CollaboratorResolver,
    CollaboratorService,
    InvitationMails,
    InvitationRepository,
    InvitationResolver,
    InvitationService,
    Invitings,
    LaterChanges,
    StoryCollaboratorsResolver,
    StoryInvitationsResolver,
    CoverResolver,
    Covers,
    DraftChanges,
    LibraryResolver,
    LibraryService,
    StoryById,
    StoryHeads,
    StoryLists,
    RecentStories,
    StoryRepository,
    StoryResolver,
    StoryRoles,
    StoryService,
  ],
  exports: [
    CollaboratorRepository,
    DraftChanges,
    InvitationRepository,
    Invitings,
    LaterChanges,
    LibraryService,
    StoryById,
    StoryHeads,
    RecentStories,
    StoryRepository,
    StoryRoles,
    StoryService,
  ],
})
export class StoriesModule {}
