import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import type { Mail } from '../../mail/mail.js';
import { Mailer } from '../../mail/mailer.js';
import { StoryRepository } from '../story.repository.js';
import type { StoryRole } from '../story.policy.js';
import { InvitationRepository } from './invitation.repository.js';

const INVITATION = 'invitation';

const PART: Readonly<Record<StoryRole, string>> = {
  owner: 'own',
  editor: 'write',
  viewer: 'read the draft of',
};

/** The mails to addresses that are invited: the same, whether or not they have an account. */
@Injectable()
export class InvitationMails implements OnModuleInit {
  constructor(
    private readonly mailer: Mailer,
    private readonly invitations: InvitationRepository,
    private readonly stories: StoryRepository,
    private readonly users: UserRepository,
  ) {}

  onModuleInit(): void {
    this.mailer.handle<{ invitationId: number }>(INVITATION, ({ invitationId }) =>
      this.#invitation(invitationId),
    );
  }

  send(invitationId: number): Promise<void> {
    return this.mailer.send(INVITATION, { invitationId });
  }

  /** Nothing where the invitation has been answered or revoked meanwhile, or the story is deleted. */
  async #invitation(invitationId: number): Promise<Mail | undefined> {
    const invitation = await this.invitations.findById(invitationId);
    if (invitation?.email == null) return undefined;
    const story = await this.stories.findById(invitation.storyId);
    const inviter = await this.users.findById(invitation.invitedBy);
    if (story === null || inviter === null) return undefined;
    return {
      to: invitation.email,
      subject: `${inviter.username} invites you to work on a story`,
      paragraphs: [
        'Hello,',
        `${inviter.username} invites you to ${PART[invitation.role]} “${story.title}”.`,
        'Sign in with this e-mail address, or make an account with it, and confirm the address; then you can accept or decline.',
      ],
      links: [{ label: 'See the invitation', path: '/invitations' }],
    };
  }
}
