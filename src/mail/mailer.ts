import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Jobs, OUTBOUND } from '../jobs/jobs.js';
import { MailTransport } from './mail-transport.js';
import { render } from './mail.template.js';
import type { Mail } from './mail.js';

const QUEUE = 'mails';

/** Writes a mail of a kind when it is sent. @returns undefined where there is nothing to say any more */
export type MailWriter<Data> = (data: Data) => Promise<Mail | undefined>;

interface MailJob {
  readonly id: string;
  readonly kind: string;
  readonly data: object;
}

/**
 * Sends mails in the background, again and again until the mail server takes them. What is queued says only what a mail
 * is about; it is written when it is sent, so that no secret of it lies in a queue.
 */
@Injectable()
export class Mailer implements OnModuleInit {
  readonly #writers = new Map<string, MailWriter<never>>();

  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly transport: MailTransport,
  ) {}

  onModuleInit(): void {
    // The queue itself logs what is given up.
    const givenUp = () => Promise.resolve();
    this.jobs.handle<MailJob>(QUEUE, (job) => this.#deliver(job), givenUp, OUTBOUND);
  }

  /** Says how mails of a kind are written; call it before the application has started. */
  handle<Data extends object>(kind: string, write: MailWriter<Data>): void {
    this.#writers.set(kind, write);
  }

  /**
   * Queues a mail, in the transaction that the caller stands in: without it, nothing is sent.
   * @param data what its writer is told: never a secret
   */
  async send(kind: string, data: object): Promise<void> {
    await this.jobs.send(QUEUE, { id: randomUUID(), kind, data } satisfies MailJob);
  }

  async #deliver({ id, kind, data }: MailJob): Promise<void> {
    const write = this.#writers.get(kind);
    if (write === undefined) throw new Error(`Nobody writes mails of the kind ${kind}.`);
    const mail = await write(data as never);
    if (mail !== undefined) await this.transport.deliver(id, render(mail, this.config));
  }
}
