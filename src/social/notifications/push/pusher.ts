import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../../config/config.js';
import { encodeId } from '../../../graphql/ids.js';
import { Jobs, OUTBOUND } from '../../../jobs/jobs.js';
import { NotificationRepository } from '../list/notification.repository.js';
import { WORDS } from '../texts.js';
import { PushTransport } from './push-transport.js';
import { PushRepository } from './push.repository.js';

const QUEUE = 'pushes';

interface PushJob {
  readonly notificationId: number;
  readonly subscriptionId: number;
}

/** Notifications as messages to browsers. */
@Injectable()
export class Pusher implements OnModuleInit {
  readonly #logger = new Logger('Pusher');

  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly notifications: NotificationRepository,
    private readonly subscriptions: PushRepository,
    private readonly transport: PushTransport,
  ) {}

  onModuleInit(): void {
    // The queue itself logs what is given up.
    const givenUp = () => Promise.resolve();
    this.jobs.handle<PushJob>(QUEUE, (job) => this.#push(job), givenUp, OUTBOUND);
  }

  send(notificationId: number, subscriptionId: number): Promise<void> {
    return this.jobs.send(QUEUE, { notificationId, subscriptionId } satisfies PushJob);
  }

  /** Nothing where the user has read it meanwhile, may not see it any more, or has unsubscribed the browser. */
  async #push({ notificationId, subscriptionId }: PushJob): Promise<void> {
    const letter = await this.notifications.findLetter(notificationId);
    const subscription = await this.subscriptions.findById(subscriptionId);
    if (letter?.userId !== subscription?.userId || letter === undefined || subscription === null)
      return;
    const { text, path } = WORDS[letter.kind];
    const outcome = await this.transport.send(subscription, {
      id: encodeId('notification', notificationId),
      text: text(letter),
      url: `${this.config.pagesUrl}${path(letter)}`,
    });
    if (outcome === 'gone') await this.subscriptions.deleteById(subscriptionId);
    if (outcome === 'refused')
      this.#logger.error({ subscriptionId, notificationId }, 'A push service refuses a message.');
  }
}
