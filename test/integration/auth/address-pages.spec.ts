import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'parse5';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import { Mailbox } from '../../support/mailbox.js';
import { loggedIn, registered } from './accounts.js';

const REQUEST = 'mutation ($email: String!) { requestPasswordReset(email: $email) }';
const CONFIRMED = '{ me { emailConfirmed } }';
const NEW = 'a new password';

describe('the pages that mails lead to', () => {
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

  /** What a browser does with the link of a mail that ends in a path. */
  const linkOf = (body: string, path: string) =>
    new RegExp(`https://stories.example.org(/${path}\\?token=[\\w-]+)`).exec(body)![1]!;
  const opened = (link: string) => fetch(`${talegraph.url}${link}`);
  const sent = (link: string, fields: Record<string, string>) =>
    fetch(`${talegraph.url}${link}`, { method: 'POST', body: new URLSearchParams(fields) });
  const tokenIn = (page: string) => /name="token" value="([^"]*)"/.exec(page)![1]!;

  it('confirm an address, once, and not before they are told to', async () => {
    const { accessToken } = await registered(talegraph.client, 'newcomer');
    const link = linkOf((await mailbox.next()).body, 'confirm-email');
    const me = async () => (await talegraph.client.as(accessToken).get(CONFIRMED)).me;
    const page = await opened(link);
    expect(page.status).toBe(200);
    const token = tokenIn(await page.text());
    expect(await me()).toEqual({ emailConfirmed: false });
    expect((await sent(link, { token: 'made up' })).status).toBe(400);
    expect(await me()).toEqual({ emailConfirmed: false });
    const done = await sent(link, { token });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('Your e-mail address is confirmed');
    expect(await me()).toEqual({ emailConfirmed: true });
    expect((await sent(link, { token })).status).toBe(400);
  });

  it('set a new password, and ask again where it is not fit', async () => {
    await registered(talegraph.client, 'forgetful');
    await mailbox.next();
    await talegraph.client.get(REQUEST, { email: 'forgetful@example.org' });
    const link = linkOf((await mailbox.next()).body, 'reset-password');
    const token = tokenIn(await (await opened(link)).text());
    const before = await fingerprint(talegraph.database);
    const short = await sent(link, { token, newPassword: 'short' });
    expect(short.status).toBe(400);
    const again = await short.text();
    expect(again).toContain('must have 8 characters or more');
    expect(tokenIn(again)).toBe(token);
    expect((await sent(link, { newPassword: NEW })).status).toBe(400);
    expect(await fingerprint(talegraph.database)).toEqual(before);
    const done = await sent(link, { token, newPassword: NEW });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('Your password is set');
    expect((await loggedIn(talegraph.client, 'forgetful', NEW)).user.username).toBe('forgetful');
    expect((await sent(link, { token, newPassword: NEW })).status).toBe(400);
  });

  it.each(['confirm-email', 'reset-password'])(
    '/%s runs nothing, is kept nowhere, and writes nothing of what it is given as HTML',
    async (path) => {
      const page = await opened(`/${path}?token=${encodeURIComponent(`"><script>x</script>`)}`);
      const { headers } = page;
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-/,
      );
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      const text = await page.text();
      expect(text).not.toContain('<script');
      expect(
        JSON.stringify(parse(text), (key, value) => (key === 'parentNode' ? undefined : value)),
      ).not.toContain('"script"');
    },
  );
});
