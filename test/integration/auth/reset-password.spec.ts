import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { mailJobs, mailJobsAre } from '../../support/mail-jobs.js';
import { Mailbox } from '../../support/mailbox.js';
import { LOGIN, loggedIn, ME, PASSWORD, REFRESH, registered } from './accounts.js';

// Passwords are hashed, which is slow on purpose.
jest.setTimeout(90_000);

const REQUEST = 'mutation ($email: String!) { requestPasswordReset(email: $email) }';
const RESET = `mutation ($token: String!, $newPassword: String!) {
  resetPassword(token: $token, newPassword: $newPassword)
}`;
const NEW = 'battery staple';
const REFUSED = {
  code: 'BAD_USER_INPUT',
  fields: [
    {
      path: 'token',
      message: 'is unknown, used already or expired; use requestPasswordReset for another',
    },
  ],
};

describe('a forgotten password', () => {
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

  /** An account whose first mail is read. */
  const forgetful = async (username: string) => {
    const account = await registered(talegraph.client, username);
    await mailbox.next();
    return account;
  };
  const requested = async (email: string) => {
    expect(await talegraph.client.get(REQUEST, { email })).toEqual({ requestPasswordReset: true });
    return mailbox.next();
  };
  const reset = (token: string, newPassword = NEW) =>
    talegraph.client.get(RESET, { token, newPassword });
  const refusal = async (token: string, newPassword = NEW) =>
    (await talegraph.client.fail(RESET, { token, newPassword })).extensions;

  it('is replaced by the token of a mail; all sessions end, and the address is confirmed', async () => {
    const { client } = talegraph;
    const here = await forgetful('forgetful');
    const there = await loggedIn(client, 'forgetful');
    await client.as(there.accessToken).get(ME);
    const mail = await requested(' Forgetful@Example.org ');
    expect(mail).toMatchObject({ to: 'forgetful@example.org', subject: 'Set a new password' });
    expect(mail.body).toContain(`https://stories.example.org/reset-password?token=${mail.token}`);

    expect(await reset(mail.token)).toEqual({ resetPassword: true });

    for (const { accessToken, refreshToken } of [here, there]) {
      expect((await client.as(accessToken).fail(ME)).extensions.code).toBe('UNAUTHENTICATED');
      const { extensions } = await client.fail(REFRESH, { refreshToken });
      expect(extensions.code).toBe('UNAUTHENTICATED');
    }
    const input = { identifier: 'forgetful', password: PASSWORD };
    expect((await client.fail(LOGIN, { input })).extensions.code).toBe('UNAUTHENTICATED');
    const { accessToken } = await loggedIn(client, 'forgetful', NEW);
    expect(await client.as(accessToken).get('{ me { emailConfirmed } }')).toEqual({
      me: { emailConfirmed: true },
    });
  });

  it('is refused alike for tokens that are used, expired, altered or made up; nothing changes', async () => {
    await forgetful('mistaken');
    const used = await requested('mistaken@example.org');
    await reset(used.token);
    const { token: expired } = await requested('mistaken@example.org');
    await talegraph.database.query(`UPDATE address_tokens SET expires_at = now()`);
    const { token } = await requested('mistaken@example.org');
    const altered = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const before = await fingerprint(talegraph.database);
    for (const wrong of [used.token, expired, altered, 'made up', '']) {
      expect(await refusal(wrong)).toEqual(REFUSED);
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
    await reset(token);
  });

  it('is replaced once by calls at the same time', async () => {
    await forgetful('hasty');
    const { token } = await requested('hasty@example.org');
    const answers = await Promise.all(
      [1, 2, 3].map((i) =>
        talegraph.client.send(RESET, { token, newPassword: `new password ${i}` }),
      ),
    );
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'ok');
    expect(codes.sort()).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'ok']);
  });

  it('has an hour for it', async () => {
    await forgetful('punctual');
    await requested('punctual@example.org');
    const [{ minutes }] = await talegraph.database.query(
      `SELECT round(extract(epoch FROM expires_at - now()) / 60) AS minutes FROM address_tokens
       JOIN users USING (user_id) WHERE username = 'punctual' AND purpose = 'reset'`,
    );
    expect(Number(minutes)).toBe(60);
  });

  it('cannot be replaced by the mail of another purpose, or to an address that was left', async () => {
    const { client } = talegraph;
    const { accessToken } = await registered(client, 'leaves');
    const confirmation = await mailbox.next();
    expect(await refusal(confirmation.token)).toEqual(REFUSED);
    const { token } = await requested('leaves@example.org');
    await client
      .as(accessToken)
      .get(
        `mutation { updateProfile(input: { email: "left@example.org", currentPassword: "${PASSWORD}" }) { id } }`,
      );
    expect(await refusal(token)).toEqual(REFUSED);
    await mailbox.next();
    await mailbox.next();
  });

  it('cannot be replaced by a mail from before the password was changed', async () => {
    const { accessToken } = await forgetful('remembers');
    const { token } = await requested('remembers@example.org');
    await talegraph.client
      .as(accessToken)
      .get('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }', {
        input: { currentPassword: PASSWORD, newPassword: NEW },
      });
    expect(await refusal(token, 'yet another one')).toEqual(REFUSED);
  });

  it('names what is wrong with a new one, and keeps the token', async () => {
    await forgetful('brief');
    const { token } = await requested('brief@example.org');
    expect(await refusal(token, 'short')).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        { path: 'newPassword', message: 'must have 8 characters or more, and at most 72 bytes' },
      ],
    });
    await reset(token);
  });

  it('of nobody sends nothing, and is answered the same after the same statements', async () => {
    await forgetful('known');
    const statements: string[][] = [];
    for (const email of ['known@example.org', 'unknown@example.org']) {
      const sent = await talegraph.statements.during(() =>
        talegraph.client.get(REQUEST, { email }),
      );
      statements.push(sent);
    }
    expect(statements[0]).toHaveLength(1);
    expect(statements[0]).toEqual(statements[1]);
    await mailJobsAre(talegraph.database, 'completed');
    expect((await mailbox.next()).to).toBe('known@example.org');
    expect(mailbox.received.filter(({ to }) => to === 'unknown@example.org')).toEqual([]);
    const jobs = await mailJobs(talegraph.database);
    expect(jobs.filter(({ data }) => data.includes('unknown@example.org'))).toHaveLength(1);
  });

  it('is mailed about five times in a quarter of an hour, whoever asks, and whether or not there is such an account', async () => {
    const { client } = talegraph;
    const { accessToken } = await forgetful('flooded');
    for (const email of ['flooded@example.org', 'nobodys@example.org']) {
      const codes: string[] = [];
      for (const spelling of [email, email.toUpperCase(), ` ${email}`, email, email, email]) {
        const asAnybody = codes.length % 2 === 0 ? client : client.as(accessToken);
        const { errors } = await asAnybody.send(REQUEST, { email: spelling });
        codes.push(errors[0]?.extensions.code ?? 'ok');
      }
      expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'RATE_LIMITED']);
    }
  });

  it.each(['nobody', 'flooded', '', '@'])('is not asked for by %j', async (email) => {
    expect((await talegraph.client.fail(REQUEST, { email })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'email', message: 'must be an e-mail address' }],
    });
  });
});

describe('requests for new passwords from one client', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('are refused after 100 in a quarter of an hour, whomever they are for; signing in goes on', async () => {
    const { client } = talegraph;
    for (let i = 0; i < 100; i++) await client.get(REQUEST, { email: `reader${i}@example.org` });
    const { extensions } = await client.fail(REQUEST, { email: 'another@example.org' });
    expect(extensions.code).toBe('RATE_LIMITED');
    await client.get('mutation { continueAsGuest { expiresIn } }');
  });
});
