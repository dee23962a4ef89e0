import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Database } from '../../database/database.js';
import type { ApiError } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { notACollaborator } from '../collaborators/collaborator.errors.js';
import { CollaboratorRepository } from '../collaborators/collaborator.repository.js';
import type { StoryEntity } from '../story.entity.js';
import { StoryRepository } from '../story.repository.js';
import { StoryService } from '../story.service.js';
import type { InvitationEntity } from './invitation.entity.js';
import { InvitationMails } from './invitation.mails.js';
import { Invitings } from './invitings.js';
import {
  addressNotConfirmed,
  collaboratorAlready,
  nobodyOfThisName,
  noSuchInvitation,
  ownerAlready,
  tooManyCollaborators,
} from './invitation.errors.js';
import type { InviteCollaboratorInput } from './invitation.inputs.js';
import { InvitationRepository, type Invitee } from './invitation.repository.js';

/** The most collaborators and pending invitations that a story may have together. */
const MOST_COLLABORATORS = 50;

/** Offers parts in stories. The story’s row is locked first, so that what becomes of offers comes one after another. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly collaborators: CollaboratorRepository,
    private readonly invitations: InvitationRepository,
    private readonly users: UserRepository,
    private readonly mails: InvitationMails,
    private readonly invitings: Invitings,
  ) {}

  /**
   * Invites somebody to a story; whoever is invited already is invited anew. Of an e-mail address, neither the answer
   * nor the work tells whether it has an account: nobody looks, and each gets the same mail.
   * @throws {ApiError} `BAD_USER_INPUT` when nobody has the name, or the story has too many collaborators
   */
  async invite(
    viewer: Viewer,
    storyId: number,
    { identifier, role }: InviteCollaboratorInput,
  ): Promise<InvitationEntity> {
    return this.stories.managing(viewer, storyId, async (story) => {
      const invitee = identifier.includes('@')
        ? { email: identifier }
        : await this.#named(story, identifier);
      const invitation = await this.#offer(storyId, invitee, { role, invitedBy: viewer.userId });
      if (invitation.email !== null) await this.mails.send(invitation.invitationId);
      await this.invitings.tell(invitation);
      return invitation;
    });
  }

  /**
   * Offers a story to one of its collaborators, who becomes its owner by accepting; any earlier offer is taken back.
   * @throws {ApiError} `BAD_USER_INPUT` when the user is no collaborator
   */
  async transfer(viewer: Viewer, storyId: number, userId: number): Promise<InvitationEntity> {
    return this.stories.managing(viewer, storyId, async () => {
      const roles = await this.collaborators.rolesOf(userId, [storyId]);
      if (!roles.has(storyId)) throw notACollaborator();
      await this.invitations.deleteOfRole(storyId, 'owner');
      // They may have joined by an invitation to their address, with one by name left over.
      await this.invitations.deleteOfUser(storyId, userId);
      const offer = { role: 'owner', invitedBy: viewer.userId } as const;
      const invitation = await this.invitations.insert({ storyId, userId, ...offer });
      await this.invitings.tell(invitation);
      return invitation;
    });
  }

  /**
   * Gives the viewer the part that they were offered.
   * @throws {ApiError} `NOT_FOUND` when they are not, or no longer; `FORBIDDEN` while their address is not confirmed
   */
  async accept(viewer: Viewer, invitationId: number): Promise<StoryEntity> {
    const { userId } = viewer;
    return this.#answering(viewer, invitationId, async ({ storyId, role, invitedBy }) => {
      if (role === 'owner') {
        await this.#changeOwner(await this.stories.getInspectable(viewer, storyId), userId);
      } else await this.collaborators.put({ storyId, userId, role, addedBy: invitedBy });
      return this.stories.getInspectable(viewer, storyId);
    });
  }

  /** @throws {ApiError} as {@link accept} does */
  async decline(viewer: Viewer, invitationId: number): Promise<void> {
    await this.#answering(viewer, invitationId, () => Promise.resolve());
  }

  /** Takes an offer back. @throws {ApiError} `NOT_FOUND` when it has been answered meanwhile */
  async revoke(viewer: Viewer, invitationId: number): Promise<void> {
    const invitation = await this.invitations.findById(invitationId);
    if (invitation === null) throw noSuchInvitation();
    await this.stories.managing(viewer, invitation.storyId, async () => {
      if (!(await this.invitations.delete(invitationId))) throw noSuchInvitation();
    });
  }

  /** Takes the viewer's invitation out of what is pending, and does what the answer is. */
  async #answering<T>(
    viewer: Viewer,
    invitationId: number,
    work: (invitation: InvitationEntity) => Promise<T>,
  ): Promise<T> {
    const invitation = await this.invitations.findOfUser(invitationId, viewer.userId);
    if (invitation === null) throw await this.#missing(viewer);
    return this.database.transaction(async () => {
      await this.storyRepository.lock(invitation.storyId);
      const current = await this.invitations.findOfUser(invitationId, viewer.userId);
      if (current === null) throw noSuchInvitation();
      await this.invitations.delete(invitationId);
      return work(current);
    });
  }

  /** Why there is nothing to answer. Who has not confirmed their address is not told what was offered to it. */
  async #missing({ userId }: Viewer): Promise<ApiError> {
    const user = await this.users.findById(userId);
    return user?.emailConfirmedAt === null ? addressNotConfirmed() : noSuchInvitation();
  }

  async #offer(
    storyId: number,
    invitee: Invitee,
    offer: Pick<InvitationEntity, 'role' | 'invitedBy'>,
  ): Promise<InvitationEntity> {
    const changed = await this.invitations.change(storyId, invitee, offer);
    if (changed !== null) return changed;
    await this.#assertRoom(storyId);
    return this.invitations.insert({ storyId, ...invitee, ...offer });
  }

  /** The former owner stays, as an editor. */
  async #changeOwner({ storyId, authorId: formerId }: StoryEntity, userId: number): Promise<void> {
    await this.storyRepository.setAuthor(storyId, userId);
    await this.collaborators.delete(storyId, userId);
    await this.collaborators.put({ storyId, userId: formerId, role: 'editor', addedBy: userId });
  }

  async #named({ storyId, authorId }: StoryEntity, username: string): Promise<Invitee> {
    const user = await this.users.findByIdentifier(username);
    if (user === null || user.role === 'guest') throw nobodyOfThisName();
    if (user.userId === authorId) throw ownerAlready();
    const roles = await this.collaborators.rolesOf(user.userId, [storyId]);
    if (roles.has(storyId)) throw collaboratorAlready();
    return { userId: user.userId };
  }

  async #assertRoom(storyId: number): Promise<void> {
    const invited = await this.invitations.countOfStory(storyId);
    const room = MOST_COLLABORATORS - invited - (await this.collaborators.count(storyId));
    if (room <= 0) throw tooManyCollaborators(MOST_COLLABORATORS);
  }
}
