import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { mailJobs, mailJobsAre } from '../../support/mail-jobs.js';
import { Mailbox } from '../../support/mailbox.js';
import { registered } from '../auth/accounts.js';

jest.setTimeout(60_000);

describe('the delivery of mails', () => {
  let talegraph: TestApp;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    talegraph = await startApp(mailbox.env);
  });
  afterAll(async () => {
    await talegraph.close();
    await mailbox.close();
  });

  it('waits for a mail server that is down, and then delivers once', async () => {
    await mailbox.close();
    await registered(talegraph.client, 'patient');
    await mailJobsAre(talegraph.database, 'retry');
    mailbox = await Mailbox.open(mailbox.port);
    const mail = await mailbox.next();
    expect(mail.to).toBe('patient@example.org');
    expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@stories\.example\.org>$/);
    await mailJobsAre(talegraph.database, 'completed');
    await setTimeout(2500);
    expect(mailbox.received).toHaveLength(1);
    expect(
      await talegraph.client.get(
        'mutation ($token: String!) { confirmEmail(token: $token) }',
        mail,
      ),
    ).toEqual({ confirmEmail: true });
  });

  it('is not tried again for an address that the mail server refuses for good', async () => {
    await registered(talegraph.client, 'refused');
    await mailJobsAre(talegraph.database, 'completed');
    expect(mailbox.received.filter(({ to }) => to === 'refused@example.org')).toEqual([]);
  });

  it('queues nothing for what was undone', async () => {
    const before = await mailJobs(talegraph.database);
    await talegraph.client.fail(
      `mutation { register(input: { username: "patient", email: "p@example.org", password: "long enough" }) { expiresIn } }`,
    );
    expect(await mailJobs(talegraph.database)).toHaveLength(before.length);
  });
});
