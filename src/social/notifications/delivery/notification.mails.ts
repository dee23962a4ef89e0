import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Mail } from '../../../mail/mail.js';
import { Mailer } from '../../../mail/mailer.js';
import { NotificationRepository } from '../list/notification.repository.js';
import { topicOf, WORDS } from '../texts.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

const NOTIFICATION = 'notification';

/** Notifications as mails. */
@Injectable()
export class NotificationMails implements OnModuleInit {
  constructor(
    private readonly mailer: Mailer,
    private readonly notifications: NotificationRepository,
    private readonly links: UnsubscribeLinks,
  ) {}

  onModuleInit(): void {
    this.mailer.handle<{ notificationId: number }>(NOTIFICATION, ({ notificationId }) =>
      this.#write(notificationId),
    );
  }

  send(notificationId: number): Promise<void> {
    return this.mailer.send(NOTIFICATION, { notificationId });
  }

  /** Nothing where the user has read it meanwhile, or may not see any more what it is about. */
  async #write(notificationId: number): Promise<Mail | undefined> {
    const letter = await this.notifications.findLetter(notificationId);
    if (letter?.email == null) return undefined;
    const { text, path } = WORDS[letter.kind];
    return {
      to: letter.email,
      subject: text(letter),
      paragraphs: [`Hello ${letter.username},`, text(letter)],
      links: [{ label: 'See it', path: path(letter) }],
      unsubscribe: {
        label: `Stop mails about ${topicOf(letter.kind)}`,
        path: this.links.pathFor({ userId: letter.userId, about: letter.kind }),
        isServed: true,
      },
    };
  }
}
