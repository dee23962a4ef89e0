import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { GraphqlClient } from '../support/graphql-client.js';
import { startInstances, type Instances } from '../support/instances.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';

const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }`;
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken } }`;
const ME = '{ me { id } }';
const READ = `query ($id: ID!) { storyNode(id: $id) { title } }`;

const PASSWORD = 'long enough';

const until = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await setTimeout(10);
};

/** An author with a published story of one node. */
async function write(client: GraphqlClient) {
  const name = `author${Date.now()}`;
  const { register } = await client.get(REGISTER, {
    input: { username: name, email: `${name}@example.org`, password: PASSWORD },
  });
  const author = client.as(register.accessToken);
  const { createStory: story } = await author.get(
    `mutation { createStory(input: { title: "Tale", description: "A tale.", category: "Tales", difficultyLevel: EASY }) { id } }`,
  );
  const { addNode: node } = await author.get(
    `mutation ($id: ID!) { addNode(storyId: $id, input: { key: "1", title: "First", content: "The end.", type: ENDING, endingKind: GOOD, isStart: true }) { id revision } }`,
    { id: story.id },
  );
  await author.get(`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id: story.id });
  return { author, storyId: story.id as string, node: node as { id: string; revision: number } };
}

describeWithRedis('two servers with one Redis', () => {
  let redis: RedisServer;
  let instances: Instances;
  let a: GraphqlClient;
  let b: GraphqlClient;
  let leavers = 0;

  beforeAll(async () => {
    redis = await RedisServer.start();
    instances = await startInstances(2, { REDIS_URL: redis.url });
    [a, b] = instances.servers.map(({ client }) => client) as [GraphqlClient, GraphqlClient];
  }, 120_000);

  afterAll(async () => {
    await instances.close();
    await redis.kill();
  });

  it('show on one what was published on the other, also after Redis has died', async () => {
    const { author, storyId, node } = await write(a);
    let { revision } = node;
    const publish = async (title: string) => {
      await author.get(
        `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
        { id: node.id, input: { title, revision: revision++ } },
      );
      await author.get(`mutation ($id: ID!) { publishStory(id: $id) { id } }`, { id: storyId });
    };
    const titleOn = async (client: GraphqlClient) =>
      (await client.get(READ, { id: node.id })).storyNode.title as string;
    expect(await titleOn(b)).toBe('First');
    await publish('Second');
    expect(await titleOn(a)).toBe('Second');
    await until(async () => (await titleOn(b)) === 'Second');

    await redis.kill();
    await publish('Third');
    expect(await titleOn(a)).toBe('Third');
    expect(['Second', 'Third']).toContain(await titleOn(b));
    await redis.start();
    await until(async () => (await titleOn(b)) === 'Third');
  });

  it.each([
    ['logout', 'mutation { logout }', {}],
    [
      'a new password',
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }',
      { currentPassword: PASSWORD, newPassword: 'another one' },
    ],
    [
      'the end of the account',
      'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) }',
      { username: 'leaver2', currentPassword: PASSWORD },
    ],
  ])('end sessions on both at once: by %s', async (how, mutation, input) => {
    const username = `leaver${leavers++}`;
    const { register } = await a.get(REGISTER, {
      input: { username, email: `${username}@example.org`, password: PASSWORD },
    });
    const { login } = await b.get(LOGIN, { input: { identifier: username, password: PASSWORD } });
    // A new password ends all sessions but the one that sets it.
    const ended = how === 'a new password' ? login.accessToken : register.accessToken;
    await a.as(ended).get(ME);
    await b.as(ended).get(ME);
    await a.as(register.accessToken).get(mutation, { input });
    const started = performance.now();
    await until(async () => (await b.as(ended).send(ME)).errors.length > 0);
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await b.as(ended).fail(ME)).extensions.code).toBe('UNAUTHENTICATED');
  });

  it('count attempts to sign in together, and go on counting without Redis', async () => {
    const attempt = async (client: GraphqlClient) =>
      (await client.fail(LOGIN, { input: { identifier: 'nobody', password: 'wrong word' } }))
        .extensions.code;
    for (let i = 0; i < 5; i++) {
      expect(await attempt(a)).toBe('UNAUTHENTICATED');
      expect(await attempt(b)).toBe('UNAUTHENTICATED');
    }
    expect(await attempt(a)).toBe('RATE_LIMITED');
    expect(await attempt(b)).toBe('RATE_LIMITED');
    await redis.kill();
    // Each has counted its own.
    expect(await attempt(b)).toBe('UNAUTHENTICATED');
    expect(await attempt(a)).toBe('UNAUTHENTICATED');
    await redis.start();
  });

  it('end sessions on both that ended while Redis hung, once it answers', async () => {
    const { register } = await a.get(REGISTER, {
      input: { username: 'hanging', email: 'hanging@example.org', password: PASSWORD },
    });
    const [here, there] = [a.as(register.accessToken), b.as(register.accessToken)];
    await there.get(ME);
    redis.pause();
    try {
      // From the first command without an answer on, Redis is left alone.
      await a.fail(LOGIN, { input: { identifier: 'hangman', password: 'wrong word' } });
      await here.get('mutation { logout }');
      await there.get(ME);
    } finally {
      redis.resume();
    }
    const started = performance.now();
    await until(async () => (await there.send(ME)).errors.length > 0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('end sessions on both that ended while Redis was away, once it is back', async () => {
    const { register } = await a.get(REGISTER, {
      input: { username: 'offline', email: 'offline@example.org', password: PASSWORD },
    });
    const [here, there] = [a.as(register.accessToken), b.as(register.accessToken)];
    await there.get(ME);
    await redis.kill();
    await here.get('mutation { logout }');
    await there.get(ME);
    await redis.start();
    const started = performance.now();
    await until(async () => (await there.send(ME)).errors.length > 0);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
