import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { Installation } from '../support/installation.js';
import { mailJobsAre } from '../support/mail-jobs.js';
import { ServerProcess } from '../support/server-process.js';

jest.setTimeout(90_000);

const REGISTER = `mutation {
  register(input: { username: "ada", email: "ada@example.org", password: "long enough" }) { expiresIn }
}`;

describe('without a mail server', () => {
  let dataDir: string;
  let server: ServerProcess;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir, { LOG_LEVEL: 'info' })).ready();
  });
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  it('mails are written to the log in full, and their links work', async () => {
    await server.client.get(REGISTER);
    await server.printed('Confirm your e-mail address');
    await server.printed('?token=');
    const token = /\?token=([\w-]{43})/.exec(server.output)?.[1];
    expect(
      await server.client.get('mutation ($token: String!) { confirmEmail(token: $token) }', {
        token,
      }),
    ).toEqual({ confirmEmail: true });
  });
});

describe('with a mail server that is away', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start({
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'Talegraph <stories@example.org>',
    });
  });
  afterAll(() => installation.stop());

  it('the log tells of each attempt, and of the mail when it is given up', async () => {
    const { server, sql } = installation;
    await server.client.get(REGISTER);
    await mailJobsAre(sql, 'retry');
    expect(logged(server, 'The mail server did not take a mail; it is tried again.')).toMatchObject(
      {
        level: 40,
        to: 'ada@example.org',
        subject: 'Confirm your e-mail address',
        error: expect.stringContaining('ECONNREFUSED'),
      },
    );
    expect(server.output).not.toContain('given up');

    await sql.query(
      `UPDATE pgboss.job SET retry_count = retry_limit, start_after = now() WHERE name = 'mails'`,
    );
    await server.printed('A job was given up.');
    expect(logged(server, 'A job was given up.')).toMatchObject({
      level: 50,
      queue: 'mails',
      data: { kind: 'confirm-address', data: { email: 'ada@example.org' } },
    });
    expect(server.output).not.toContain('?token=');
  });
});

/** The first line of a server's log that says it. */
function logged(server: ServerProcess, msg: string): unknown {
  const lines = server.output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as { msg: string }).find((line) => line.msg === msg);
}
