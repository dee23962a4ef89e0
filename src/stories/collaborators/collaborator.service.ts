import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { InvitationRepository } from '../invitations/invitation.repository.js';
import type { CollaboratorRole } from '../story.policy.js';
import { StoryRepository } from '../story.repository.js';
import { StoryService } from '../story.service.js';
import type { CollaboratorEntity } from './collaborator.entity.js';
import { notACollaborator } from './collaborator.errors.js';
import { CollaboratorRepository } from './collaborator.repository.js';

/** Changes who works on a story. */
@Injectable()
export class CollaboratorService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly collaborators: CollaboratorRepository,
    private readonly invitations: InvitationRepository,
  ) {}

  /** @throws {ApiError} `BAD_USER_INPUT` when the user is no collaborator */
  async setRole(
    viewer: Viewer,
    storyId: number,
    userId: number,
    role: CollaboratorRole,
  ): Promise<CollaboratorEntity> {
    return this.stories.managing(viewer, storyId, async () => {
      const collaborator = await this.collaborators.setRole(storyId, userId, role);
      if (collaborator === null) throw notACollaborator();
      return collaborator;
    });
  }

  /**
   * Takes a collaborator off a story, and back what else they were offered in it. Everybody may take off themselves.
   * @throws {ApiError} `BAD_USER_INPUT` when the user is no collaborator
   */
  async remove(viewer: Viewer, storyId: number, userId: number): Promise<void> {
    const takeOff = async () => {
      if (!(await this.collaborators.delete(storyId, userId))) throw notACollaborator();
      await this.invitations.deleteOfUser(storyId, userId);
    };
    if (userId !== viewer.userId) return this.stories.managing(viewer, storyId, takeOff);
    await this.stories.getInspectable(viewer, storyId);
    await this.database.transaction(async () => {
      await this.storyRepository.lock(storyId);
      await takeOff();
    });
  }
}
