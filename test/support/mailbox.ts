import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** A mail as an SMTP server received it. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  /** All of it, with what was encoded for transport decoded. */
  readonly body: string;
  /** What stands behind `?token=` in its plain text. */
  readonly token: string;
  /** Where mails like it are ended, by its headers. */
  readonly unsubscribe: string;
}

/** A real SMTP server on this machine, which keeps what it receives. */
export class Mailbox {
  readonly received: ReceivedMail[] = [];
  #read = 0;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  /** @param port that of an earlier one, to open it again; any free one by default */
  static async open(port = 0): Promise<Mailbox> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo({ address }, _session, done) {
        done(address.startsWith('refused') ? new Error('No such mailbox.') : null);
      },
      onData(stream, { envelope }, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = envelope.rcptTo.map(({ address }) => address).join();
          mailbox.received.push(parse(to, Buffer.concat(chunks).toString()));
          done();
        });
      },
    });
    const listening = await new Promise<AddressInfo>((resolve) => {
      const listener = server.listen(port, '127.0.0.1', () => {
        resolve(listener.address() as AddressInfo);
      });
    });
    const mailbox = new Mailbox(server, listening.port);
    return mailbox;
  }

  /** What hands a server's mails to this one. */
  get env() {
    return {
      SMTP_URL: `smtp://127.0.0.1:${this.port}`,
      MAIL_FROM: 'Talegraph <stories@example.org>',
      PUBLIC_URL: 'https://stories.example.org',
    };
  }

  /** The next mail that was not read, waiting for it if need be. @throws when none comes in 20 seconds */
  async next(): Promise<ReceivedMail> {
    const end = Date.now() + 20_000;
    while (this.received.length === this.#read) {
      if (Date.now() > end) throw new Error('No mail has come.');
      await setTimeout(20);
    }
    return this.received[this.#read++]!;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}

function parse(to: string, raw: string): ReceivedMail {
  const body = raw
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString(),
    );
  const headers = raw.replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(headers)?.[1]?.trim() ?? '';
  const token = /\?token=([\w-]+)/.exec(body)?.[1] ?? '';
  const unsubscribe = header('List-Unsubscribe').replace(/[<>]/g, '');
  return {
    to,
    subject: header('Subject'),
    messageId: header('Message-ID'),
    body,
    token,
    unsubscribe,
  };
}
