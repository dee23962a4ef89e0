import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from '../../../src/redis/redis.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeWithRedis, RedisServer } from '../../support/redis-server.js';

const NODE = `query ($id: ID!) { storyNode(id: $id) { title } }`;

/** Puts a value there that another instance has read some time ago. */
const KEEP = {
  lua: `return redis.call('SET', KEYS[1], '=' .. ARGV[1], 'PX', ARGV[2])`,
};

describeWithRedis('what is kept of a story', () => {
  let test: TestApp;
  let server: RedisServer;

  beforeAll(async () => {
    server = await RedisServer.start();
    test = await startApp({ REDIS_URL: server.url });
    while (test.app.get(Redis).state !== 'up') await setTimeout(10);
  });

  afterAll(async () => {
    await test.close();
    await server.kill();
    delete process.env.REDIS_URL;
  });

  it('is as old as the oldest that it is made of, whichever instance has read that', async () => {
    const story = await test.factory.newStory(await test.factory.newAuthor());
    const id = story.node('start');
    const [head] = await test.database.query(
      `SELECT story_id AS "storyId", author_id AS "authorId", true AS "isPublished",
         published_version_id AS "publishedVersionId", false AS "spoilerGuard"
       FROM stories WHERE story_id = $1`,
      [story.storyId],
    );
    const place = `cache:1:story-heads:${story.storyId}`;
    await test.app.get(Redis).run(KEEP, place, [JSON.stringify(head), 1500]);
    const sql = 'UPDATE stories SET is_published = false WHERE story_id = $1';
    await test.database.query(sql, [story.storyId]);
    expect((await test.client.send(NODE, { id })).data.storyNode).toBeTruthy();
    await setTimeout(1600);
    expect((await test.client.send(NODE, { id })).errors[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
