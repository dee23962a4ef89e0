import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Invitings } from '../../../stories/invitations/invitings.js';
import { Notifier } from '../notifier.js';

/** Tells of invitations by name. Those to an address are mailed there, and tell nobody whether it has an account. */
@Injectable()
export class InvitationNotices implements OnModuleInit {
  constructor(
    private readonly invitings: Invitings,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.invitings.listen(async ({ invitationId, userId, storyId, invitedBy: actorId }) => {
      if (userId === null) return;
      const subject = { key: String(invitationId), actorId, storyId, invitationId };
      await this.notifier.tell(userId, 'invitation', subject);
    });
  }
}
