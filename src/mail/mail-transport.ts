import { Injectable, Logger } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '../config/config.js';
import type { RenderedMail } from './mail.js';

/** How long the mail server may keep us waiting, in milliseconds: to connect, to greet, and between answers. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Hands mails to the server at `SMTP_URL`; where there is none, to the log. */
@Injectable()
export class MailTransport {
  readonly #logger = new Logger('MailTransport');
  readonly #smtp: ReturnType<typeof createTransport> | undefined;

  constructor(private readonly config: Config) {
    const url = config.smtpUrl();
    if (url !== undefined) this.#smtp = createTransport({ url, ...TIMEOUTS });
  }

  /**
   * @param id names the mail: sent again by mistake, it goes out under the same one
   * @throws when the server did not take the mail and may do so later; an address that it refuses for good is logged
   */
  async deliver(id: string, mail: RenderedMail): Promise<void> {
    if (this.#smtp === undefined) {
      this.#logger.log({ mail }, 'SMTP_URL is not set: a mail that would have been sent.');
      return;
    }
    const { hostname } = new URL(this.config.publicUrl);
    const message = { ...mail, from: this.config.mailFrom, messageId: `<${id}@${hostname}>` };
    try {
      await this.#smtp.sendMail(message);
    } catch (error) {
      const { to, subject } = mail;
      const about = { to, subject, error: String(error) };
      if (!isRefusedAddress(error)) {
        this.#logger.warn(about, 'The mail server did not take a mail; it is tried again.');
        throw error;
      }
      this.#logger.error(about, 'An address refuses mails.');
    }
  }
}

/** Whether the server says that there will never be such an address. */
const isRefusedAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'command' in error &&
  error.command === 'RCPT TO' &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500;
