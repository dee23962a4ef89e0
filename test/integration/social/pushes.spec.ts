import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { PushBrowser, PushReceiver, senderOf } from '../../support/push-receiver.js';

const SUBSCRIBE = `mutation ($input: SubscribePushInput!) { subscribePush(input: $input) }`;
const UNSUBSCRIBE = `mutation ($endpoint: String!) { unsubscribePush(endpoint: $endpoint) }`;
const PREFER = `mutation ($input: UpdateNotificationPreferencesInput!) {
  updateNotificationPreferences(input: $input) { kinds { kind } }
}`;
const HOST = 'https://stories.example.org';

// Messages to send are looked for once a second.
jest.setTimeout(60_000);

describe('pushes', () => {
  let receiver: PushReceiver;
  let talegraph: TestApp;
  beforeAll(async () => {
    receiver = await PushReceiver.open();
    talegraph = await startApp({ PUSH_TO_PRIVATE_ADDRESSES: 'true', PUBLIC_URL: HOST });
  });
  afterAll(async () => {
    await talegraph.close();
    await receiver.close();
  });

  const as = ({ token }: Person) => talegraph.client.as(token);
  /** @returns a browser that is subscribed for somebody, at a path of the receiver */
  const subscribed = async (person: Person, path: string): Promise<PushBrowser> => {
    const browser = new PushBrowser(receiver.url(path));
    await as(person).get(SUBSCRIBE, { input: browser.input });
    return browser;
  };
  const follow = async (whom: Person, username: string): Promise<void> => {
    const fan = await talegraph.factory.newReader(username);
    await as(fan).get('mutation ($id: ID!) { followUser(userId: $id) { id } }', whom);
  };
  const endpoints = async ({ viewer }: Person): Promise<string[]> => {
    const rows = await talegraph.database.query<{ endpoint: string }[]>(
      'SELECT endpoint FROM push_subscriptions WHERE user_id = $1 ORDER BY subscription_id',
      [viewer.userId],
    );
    return rows.map(({ endpoint }) => endpoint);
  };

  it('reach every browser of a user, encrypted for it and signed with the key that it subscribed with', async () => {
    const reader = await talegraph.factory.newReader();
    const { pushPublicKey } = await as(reader).get('{ pushPublicKey }');
    expect((await as(reader).get('{ pushPublicKey }')).pushPublicKey).toBe(pushPublicKey);
    const browsers = [await subscribed(reader, '/one'), await subscribed(reader, '/two')];
    await follow(reader, 'fan');
    const { notifications } = await as(reader).get('{ notifications { nodes { id } } }');
    for (const browser of browsers) {
      const [push] = await receiver.at(new URL(browser.endpoint).pathname);
      expect(push!.headers).toMatchObject({
        'content-encoding': 'aes128gcm',
        ttl: '86400',
      });
      expect(push!.body.toString('latin1')).not.toContain('fan follows you.');
      expect(browser.read(push!)).toEqual({
        id: notifications.nodes[0].id,
        text: 'fan follows you.',
        url: `${HOST}/users/fan`,
      });
      expect(senderOf(push!)).toEqual({
        key: pushPublicKey,
        claims: { aud: receiver.url(''), exp: expect.any(Number), sub: HOST },
      });
    }
  });

  it('are sent as their user wants, and not about what has been read', async () => {
    const reader = await talegraph.factory.newReader();
    await subscribed(reader, '/choosy');
    const prefer = (push: boolean) =>
      as(reader).get(PREFER, { input: { kinds: [{ kind: 'FOLLOWER', push }] } });
    await prefer(false);
    await follow(reader, 'unheard');
    await allSent();
    await prefer(true);
    await follow(reader, 'overtaken');
    await as(reader).get('mutation { markNotificationsRead(all: true) }');
    await follow(reader, 'heard');
    await receiver.at('/choosy');
    await allSent();
    expect(receiver.received.filter(({ path }) => path === '/choosy')).toHaveLength(1);
  });

  it('are tried again where the push service cannot take them now', async () => {
    const reader = await talegraph.factory.newReader();
    receiver.answers.set('/busy', 503);
    const browser = await subscribed(reader, '/busy');
    await follow(reader, 'persistent');
    await receiver.at('/busy');
    receiver.answers.delete('/busy');
    const [, again] = await receiver.at('/busy', 2);
    expect(browser.read(again!)).toMatchObject({ text: 'persistent follows you.' });
    expect(await endpoints(reader)).toEqual([browser.endpoint]);
  });

  it.each([404, 410])(
    'end for a browser that the push service knows no longer: %i',
    async (status) => {
      const reader = await talegraph.factory.newReader();
      const path = `/gone-${status}`;
      receiver.answers.set(path, status);
      await subscribed(reader, path);
      const other = await subscribed(reader, `/still-${status}`);
      await follow(reader, `late-${status}`);
      await receiver.at(path);
      await receiver.at(`/still-${status}`);
      await allSent();
      expect(await endpoints(reader)).toEqual([other.endpoint]);
    },
  );

  it('are not tried again where the push service refuses them', async () => {
    const reader = await talegraph.factory.newReader();
    receiver.answers.set('/refusing', 400);
    const browser = await subscribed(reader, '/refusing');
    await follow(reader, 'refused');
    await receiver.at('/refusing');
    await allSent();
    expect(receiver.received.filter(({ path }) => path === '/refusing')).toHaveLength(1);
    expect(await endpoints(reader)).toEqual([browser.endpoint]);
  });

  it('go to whoever subscribed a browser last, until they unsubscribe it', async () => {
    const [first, second] = [
      await talegraph.factory.newReader(),
      await talegraph.factory.newReader(),
    ];
    const { endpoint } = await subscribed(first, '/shared');
    await subscribed(second, '/shared');
    expect(await endpoints(first)).toEqual([]);
    expect(await as(first).get(UNSUBSCRIBE, { endpoint })).toEqual({ unsubscribePush: false });
    expect(await endpoints(second)).toEqual([endpoint]);
    expect(await as(second).get(UNSUBSCRIBE, { endpoint })).toEqual({ unsubscribePush: true });
    expect(await endpoints(second)).toEqual([]);
  });

  it('go to the latest 20 browsers of a user', async () => {
    const reader = await talegraph.factory.newReader();
    for (let i = 0; i <= 20; i++) await subscribed(reader, `/many-${i}`);
    const kept = await endpoints(reader);
    expect(kept).toHaveLength(20);
    expect(kept[0]).toBe(receiver.url('/many-1'));
  });

  it.each([
    ['an address without https', { endpoint: 'http://push.example.net/1' }, 'endpoint'],
    ['a user in the address', { endpoint: 'https://me@push.example.net/1' }, 'endpoint'],
    ['no address', { endpoint: 'push' }, 'endpoint'],
    ['a key that is no point of the curve', { p256dh: `B${'A'.repeat(86)}` }, 'p256dh'],
    ['a key that is too short', { p256dh: 'BAAA' }, 'p256dh'],
    ['a secret that is too short', { auth: 'AAAA' }, 'auth'],
  ])('are not subscribed with %s', async (_, wrong, field) => {
    const reader = await talegraph.factory.newReader();
    const input = { ...new PushBrowser(receiver.url('/wrong')).input, ...wrong };
    const { extensions } = await as(reader).fail(SUBSCRIBE, { input });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: `input.${field}`, message: expect.any(String) }],
    });
    expect(await endpoints(reader)).toEqual([]);
  });

  /** Waits until no message waits, but for those that are tried again later. */
  async function allSent(): Promise<void> {
    const waiting = `SELECT 1 FROM pgboss.job WHERE name IN ('notifications', 'pushes') AND state IN ('created', 'active')
      UNION ALL SELECT 1 FROM notifications WHERE dispatched_at IS NULL`;
    while ((await talegraph.database.query<unknown[]>(waiting)).length > 0) await setTimeout(50);
  }
});

describe('pushes to addresses that are not public', () => {
  let receiver: PushReceiver;
  let talegraph: TestApp;
  beforeAll(async () => {
    receiver = await PushReceiver.open();
    talegraph = await startApp({ PUSH_TO_PRIVATE_ADDRESSES: 'false' });
  });
  afterAll(async () => {
    await talegraph.close();
    await receiver.close();
  });

  it.each([
    'https://127.0.0.1/',
    'https://10.0.0.7/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'https://db.localhost/',
    'https://metadata.google.internal/',
    'https://printer.local./',
    'https://8.8.8.8/',
  ])('are refused when a browser is subscribed: %s', async (endpoint) => {
    const { token } = await talegraph.factory.newReader();
    const input = { ...new PushBrowser(endpoint).input };
    const { extensions } = await talegraph.client.as(token).fail(SUBSCRIBE, { input });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.endpoint', message: 'must be at the public name of a push service' }],
    });
  });

  it('are not made where a name turns out to lead there, and the browser is forgotten', async () => {
    const { factory, client, database } = talegraph;
    const [reader, fan] = [await factory.newReader(), await factory.newReader()];
    const { p256dh, auth } = new PushBrowser('').input;
    await database.query(
      'INSERT INTO push_subscriptions (user_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)',
      [reader.viewer.userId, receiver.url('/', 'localhost'), p256dh, auth],
    );
    await client
      .as(fan.token)
      .get('mutation ($id: ID!) { followUser(userId: $id) { id } }', reader);
    const left = 'SELECT 1 FROM push_subscriptions';
    while ((await database.query<unknown[]>(left)).length > 0) await setTimeout(50);
    expect(receiver.received).toEqual([]);
  });
});
