import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { Jobs } from '../../../jobs/jobs.js';
import { DEFAULTS, type Kind } from '../kinds.js';
import { NotificationRepository } from '../list/notification.repository.js';
import { Pusher } from '../push/pusher.js';
import { PushRepository } from '../push/push.repository.js';
import { NotificationMails } from './notification.mails.js';

const QUEUE = 'notifications';
const SWEEP = 'sweep-notifications';

/** For how many days notifications are kept. */
const KEPT_DAYS = 180;

/** A move of many readers keeps nobody else waiting. */
const AT_ONCE = { atOnce: 5 };

const DAY_SECONDS = 86_400;

interface DispatchJob {
  readonly kind: Kind;
  readonly ids: readonly number[];
}

/** Queues the mails and pushes of notifications: once, even where a server dies over it. */
@Injectable()
export class Dispatcher implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly notifications: NotificationRepository,
    private readonly mails: NotificationMails,
    private readonly subscriptions: PushRepository,
    private readonly pusher: Pusher,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<DispatchJob>(QUEUE, (job) => this.#dispatch(job), undefined, AT_ONCE);
    this.jobs.handleEvery(DAY_SECONDS, SWEEP, () => this.notifications.sweep(KEPT_DAYS));
  }

  /** Call it in the transaction that writes the notifications. */
  queue(kind: Kind, ids: readonly number[]): Promise<void> {
    return this.jobs.send(QUEUE, { kind, ids } satisfies DispatchJob);
  }

  async #dispatch({ kind, ids }: DispatchJob): Promise<void> {
    await this.database.transaction(async () => {
      const taken = await this.notifications.takeToDispatch(ids, DEFAULTS[kind]);
      const pushed = taken.filter(({ byPush }) => byPush);
      const browsers = await this.subscriptions.idsByUser(pushed.map(({ userId }) => userId));
      for (const { notificationId, userId } of pushed)
        for (const id of browsers.get(userId) ?? []) await this.pusher.send(notificationId, id);
      for (const { notificationId, byMail } of taken)
        if (byMail) await this.mails.send(notificationId);
    });
  }
}
