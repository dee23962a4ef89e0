import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UserRepository } from '../../../auth/users/user.repository.js';
import { Database } from '../../../database/database.js';
import { Jobs } from '../../../jobs/jobs.js';
import type { Mail, MailLink } from '../../../mail/mail.js';
import { Mailer } from '../../../mail/mailer.js';
import { UnsubscribeLinks } from '../delivery/unsubscribe-links.js';
import { topicOf } from '../texts.js';
import { DigestRepository, type DueDigest } from './digest.repository.js';

const QUEUE = 'digests';
const DIGEST = 'digest';

/** How often those that are due are looked for, in seconds. */
const EVERY_SECONDS = 300;

/** How many are queued in one transaction. */
const BATCH = 500;

/** How many new stories one tells of. */
const MOST_STORIES = 10;

/** Something that digests tell; without paragraphs, there is nothing to tell. */
export interface DigestPart {
  readonly paragraphs: readonly string[];
  readonly links: readonly MailLink[];
}

/** Writes a part of the digest of a user. */
type PartWriter = (userId: number) => Promise<DigestPart>;

/** Mails that tell users at the end of their day or week what is new for them; where nothing is, there is no mail. */
@Injectable()
export class Digests implements OnModuleInit {
  readonly #writers: PartWriter[] = [];

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly users: UserRepository,
    private readonly digests: DigestRepository,
    private readonly links: UnsubscribeLinks,
  ) {}

  onModuleInit(): void {
    this.jobs.handleEvery(EVERY_SECONDS, QUEUE, () => this.queueDue());
    this.mailer.handle<DueDigest>(DIGEST, (due) => this.#write(due));
  }

  /** Adds what modules above have to tell, before the new stories; call it before the application has started. */
  contribute(writer: PartWriter): void {
    this.#writers.push(writer);
  }

  /** Queues the mails of all that are due: each once, even if a server dies over it. */
  async queueDue(): Promise<void> {
    let taken;
    do {
      taken = await this.database.transaction(async () => {
        const due = await this.digests.takeDue(BATCH);
        for (const digest of due) await this.mailer.send(DIGEST, digest);
        return due.length;
      });
    } while (taken === BATCH);
  }

  /** Nothing where the user wants none any more, has no confirmed address, or nothing is new. */
  async #write({ userId, since }: DueDigest): Promise<Mail | undefined> {
    const user = await this.users.findById(userId);
    const isWanted = (await this.digests.find(userId)) !== null;
    if (!isWanted || user?.email == null || user.emailConfirmedAt === null) return undefined;
    const parts = await Promise.all(this.#writers.map((write) => write(userId)));
    parts.push(await this.#newStories(userId, since));
    const paragraphs = parts.flatMap((part) => part.paragraphs);
    if (paragraphs.length === 0) return undefined;
    return {
      to: user.email,
      subject: 'What is new for you',
      paragraphs: [`Hello ${user.username},`, ...paragraphs],
      links: parts.flatMap((part) => part.links),
      unsubscribe: {
        label: `Stop mails about ${topicOf(DIGEST)}`,
        path: this.links.pathFor({ userId, about: DIGEST }),
        isServed: true,
      },
    };
  }

  async #newStories(userId: number, since: string): Promise<DigestPart> {
    const stories = await this.digests.newStories(userId, since, MOST_STORIES);
    return {
      paragraphs:
        stories.length === 0 ? [] : ['New by those whom you follow, and in what you like to play:'],
      links: stories.map(({ title, author, category, slug }) => ({
        label: `“${title}” by ${author} (${category})`,
        path: `/stories/${slug}`,
      })),
    };
  }
}
