import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { mailJobs } from '../../support/mail-jobs.js';
import { Mailbox } from '../../support/mailbox.js';
import { PASSWORD, registered } from './accounts.js';

const CONFIRM = 'mutation ($token: String!) { confirmEmail(token: $token) }';
const REQUEST = 'mutation { requestEmailConfirmation }';
const UPDATE = `mutation ($email: String!) {
  updateProfile(input: { email: $email, currentPassword: "${PASSWORD}" }) { email emailConfirmed }
}`;
const ME = '{ me { emailConfirmed } }';
const REFUSED = {
  code: 'BAD_USER_INPUT',
  fields: [
    {
      path: 'token',
      message:
        'is unknown, used already or expired; sign in and use requestEmailConfirmation for another',
    },
  ],
};

// Mails to send are looked for once a second.
jest.setTimeout(60_000);

describe('the confirmation of an e-mail address', () => {
  let mailbox: Mailbox;
  let talegraph: TestApp;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    talegraph = await startApp(mailbox.env);
  });
  afterAll(async () => {
    await talegraph.close();
    await mailbox.close();
  });

  const newcomer = async (username: string) => {
    const { accessToken } = await registered(talegraph.client, username);
    return { client: talegraph.client.as(accessToken), mail: await mailbox.next() };
  };
  const isConfirmed = async (client: TestApp['client']) => (await client.get(ME)).me.emailConfirmed;
  const confirm = (token: string) => talegraph.client.get(CONFIRM, { token });
  const refusal = async (token: string) =>
    (await talegraph.client.fail(CONFIRM, { token })).extensions;

  it('is offered by a mail after registering, and works once, for anybody who has the link', async () => {
    const { client, mail } = await newcomer('newcomer');
    expect(mail).toMatchObject({
      to: 'newcomer@example.org',
      subject: 'Confirm your e-mail address',
      token: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(mail.body).toContain('Hello newcomer,');
    expect(mail.body).toContain('From: Talegraph <stories@example.org>');
    const link = `https://stories.example.org/confirm-email?token=${mail.token}`;
    expect(mail.body).toContain(`Confirm the address:\r\n${link}`);
    expect(mail.body).toContain(`<a href="${link}">Confirm the address</a>`);

    expect(await isConfirmed(client)).toBe(false);
    expect(await confirm(mail.token)).toEqual({ confirmEmail: true });
    expect(await isConfirmed(client)).toBe(true);
    expect(await refusal(mail.token)).toEqual(REFUSED);
  });

  it('leaves no token in the queue, and only a hash in its table', async () => {
    const { mail } = await newcomer('secretive');
    const jobs = await mailJobs(talegraph.database);
    const tokens = await talegraph.database.query('SELECT * FROM address_tokens');
    expect(jobs.length).toBeGreaterThan(0);
    expect(tokens.length).toBeGreaterThan(0);
    expect(JSON.stringify([jobs, tokens])).not.toContain(mail.token);
  });

  it('is refused for tokens that have expired, were altered or made up, all in the same words', async () => {
    const { client, mail } = await newcomer('too-late');
    await talegraph.database.query(
      `UPDATE address_tokens SET expires_at = now() WHERE user_id = (SELECT user_id FROM users WHERE username = 'too-late')`,
    );
    const altered = mail.token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const token of [mail.token, altered, 'made up', '']) {
      expect(await refusal(token)).toEqual(REFUSED);
    }
    expect(await isConfirmed(client)).toBe(false);
  });

  it('lasts for 24 hours', async () => {
    await newcomer('in-time');
    const [{ hours }] = await talegraph.database.query(
      `SELECT round(extract(epoch FROM expires_at - now()) / 3600) AS hours FROM address_tokens
       JOIN users USING (user_id) WHERE username = 'in-time'`,
    );
    expect(Number(hours)).toBe(24);
  });

  it('is sent again on request, either mail works, and both are used up then', async () => {
    const { client, mail } = await newcomer('asks-again');
    expect(await client.get(REQUEST)).toEqual({ requestEmailConfirmation: true });
    const again = await mailbox.next();
    expect(again.to).toBe(mail.to);
    expect(again.token).not.toBe(mail.token);
    await confirm(mail.token);
    expect(await refusal(again.token)).toEqual(REFUSED);
    const before = mailbox.received.length;
    expect(await client.get(REQUEST)).toEqual({ requestEmailConfirmation: false });
    expect(mailbox.received).toHaveLength(before);
  });

  it('is sent five times in a quarter of an hour and no more', async () => {
    const { client } = await newcomer('impatient');
    for (let i = 0; i < 5; i++) {
      await client.get(REQUEST);
      await mailbox.next();
    }
    expect((await client.fail(REQUEST)).extensions).toEqual({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
    });
  });

  it('has to be given anew for another address, which the former one is told of', async () => {
    const { client, mail } = await newcomer('moves');
    await confirm(mail.token);
    await client.get(REQUEST);
    expect(await client.get(UPDATE, { email: 'moved@example.org' })).toEqual({
      updateProfile: { email: 'moved@example.org', emailConfirmed: false },
    });
    const mails = [await mailbox.next(), await mailbox.next()].sort((a, b) =>
      a.to < b.to ? -1 : 1,
    );
    expect(mails).toMatchObject([
      { to: 'moved@example.org', subject: 'Confirm your e-mail address' },
      { to: 'moves@example.org', subject: 'Your e-mail address was changed', token: '' },
    ]);
    await confirm(mails[0]!.token);
    expect(await isConfirmed(client)).toBe(true);
  });

  it('does not confirm another address than the mail went to', async () => {
    const { client, mail } = await newcomer('swaps');
    await client.get(UPDATE, { email: 'swapped@example.org' });
    expect(await refusal(mail.token)).toEqual(REFUSED);
    await mailbox.next();
    await mailbox.next();
    expect(await isConfirmed(client)).toBe(false);
  });

  it('stays when nothing but the case of the address changes', async () => {
    const { client, mail } = await newcomer('cases');
    await confirm(mail.token);
    const before = mailbox.received.length;
    expect(await client.get(UPDATE, { email: 'Cases@Example.org' })).toEqual({
      updateProfile: { email: 'Cases@Example.org', emailConfirmed: true },
    });
    expect(mailbox.received).toHaveLength(before);
  });

  it('is not needed to play and to write', async () => {
    const { client } = await newcomer('unconfirmed');
    const { createStory } = await client.get(
      `mutation { createStory(input: { title: "T", description: "D", category: "test", difficultyLevel: EASY }) { id } }`,
    );
    expect(createStory.id).toMatch(/^sty_/);
  });
});
