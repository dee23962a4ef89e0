import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Dispatcher } from './delivery/dispatcher.js';
import { DEFAULTS, type Kind } from './kinds.js';
import { NotificationRepository, type Subject } from './list/notification.repository.js';

/** Tells users of what happened. */
@Injectable()
export class Notifier {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationRepository,
    private readonly dispatcher: Dispatcher,
  ) {}

  /**
   * Tells one or several users, each once of each subject of a kind, however often it is called; never who did it. What
   * is told stands in their lists with the transaction of the caller; mails and pushes follow in the background.
   */
  async tell(to: number | readonly number[], kind: Kind, subject: Subject): Promise<void> {
    const userIds = typeof to === 'number' ? [to] : to;
    await this.database.transaction(async () => {
      const ids = await this.notifications.insert(userIds, kind, subject, DEFAULTS[kind]);
      if (ids.length > 0) await this.dispatcher.queue(kind, ids);
    });
  }
}
