import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AwardNews } from '../../../src/stats/achievements/award-news.js';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { choose, play } from '../../support/playing.js';

const FOLLOW = 'mutation ($id: ID!) { followUser(userId: $id) { id } }';
const UNFOLLOW = 'mutation ($id: ID!) { unfollowUser(userId: $id) { id } }';
const BLOCK = 'mutation ($id: ID!) { blockUser(userId: $id) { id } }';
const FEED = `query ($first: Int! = 20, $after: String) { feed(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id kind at actor { username } story { id title } }
} }`;
const ACTIVITIES = `query ($id: ID!) { user(id: $id) { activities { totalCount nodes { kind story { id } } } } }`;
const EARNED = `query ($id: ID!) { user(id: $id) { activities { nodes { kind achievement { name } } } } }`;
const UNREAD = '{ unreadFeedCount }';
const READ = 'mutation { markFeedRead }';
const LET_SEE = `mutation ($kind: ActivityKind!, $audience: Audience!) {
  setActivityPrivacy(kind: $kind, audience: $audience) { kind audience }
}`;

describe('the feed', () => {
  let talegraph: TestApp;
  let author: Person;
  let reader: Person;
  let asAuthor: GraphqlClient;
  let asReader: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    author = await talegraph.factory.newAuthor();
    reader = await talegraph.factory.newReader();
    asAuthor = talegraph.client.as(author.token);
    asReader = talegraph.client.as(reader.token);
    await asReader.get(FOLLOW, author);
    await letSee(asAuthor, 'ACHIEVED', 'NOBODY');
  });

  const feed = async (client = asReader, variables = {}) =>
    (await client.get(FEED, variables)).feed;
  /** What is in a feed, the latest first, as in `published sty_1`. */
  const told = async (client = asReader) => {
    const { nodes, totalCount } = await feed(client);
    expect(totalCount).toBe(nodes.length);
    return aboutStories(nodes);
  };
  const activities = async ({ id }: Person, client: GraphqlClient) => {
    const { nodes, totalCount } = (await client.get(ACTIVITIES, { id })).user.activities;
    expect(totalCount).toBe(nodes.length);
    return aboutStories(nodes);
  };
  /** Without what was earned, which is about none. */
  const aboutStories = (nodes: any[]) =>
    nodes.filter(({ story }) => story !== null).map(({ kind, story }) => `${kind} ${story.id}`);
  const newStory = (title?: string) =>
    talegraph.factory.newStory(author, title === undefined ? {} : { title });
  const finish = async (client: GraphqlClient, story: MadeStory) => {
    await play(client, story, ['start', 'end']);
    await talegraph.counted();
  };
  const letSee = (client: GraphqlClient, kind: string, audience: string) =>
    client.get(LET_SEE, { kind, audience });

  it('tells what those did whom one follows, once, the latest first, page by page', async () => {
    const stories = [];
    for (let i = 0; i < 5; i++) stories.push(await newStory());
    const own = new Author(talegraph.client, author, stories[0]!);
    await own.updateNode('start', { content: 'Once more.' });
    await own.publish();
    const expected = stories.map(({ id }) => `PUBLISHED ${id}`).reverse();
    expect(await told()).toEqual(expected);
    const pages = [];
    for (let after: string | undefined, more = true; more;) {
      const { nodes, pageInfo } = await feed(asReader, { first: 2, after });
      pages.push(nodes.map(({ kind, story }: any) => `${kind} ${story.id}`));
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    expect(pages).toEqual([expected.slice(0, 2), expected.slice(2, 4), expected.slice(4)]);
    expect((await feed()).nodes[0]).toMatchObject({
      id: expect.stringMatching(/^act_\d+$/),
      actor: { username: author.username },
      story: { title: expect.any(String) },
    });
    await asReader.get(UNFOLLOW, author);
    expect(await told()).toEqual([]);
  });

  it('merges many people, however much each of them did', async () => {
    const others = [];
    for (let i = 0; i < 4; i++) others.push(await talegraph.factory.newAuthor());
    const story = await newStory();
    // Ids are given out in turn: the first does most, the last is latest.
    for (const [i, { id, viewer }] of others.entries()) {
      await asReader.get(FOLLOW, { id });
      await talegraph.database.query(
        `INSERT INTO activities (actor_id, kind, subject, story_id)
         SELECT $1, 'rated', 'made up ' || n, $2 FROM generate_series(1, $3::int) AS n`,
        [viewer.userId, story.storyId, 12 - 3 * i],
      );
    }
    const all = await talegraph.database.query<{ id: number }[]>(
      `SELECT activity_id AS id FROM activities JOIN follows ON followed_id = actor_id
       WHERE follower_id = $1 AND kind <> 'achieved' ORDER BY activity_id DESC`,
      [reader.viewer.userId],
    );
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { nodes, pageInfo } = await feed(asReader, { first: 7, after });
      seen.push(...nodes.map(({ id }: any) => id));
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    expect(seen).toEqual(all.map(({ id }) => `act_${id}`));
    expect(seen).toHaveLength(12 + 9 + 6 + 3 + 1);
  });

  it('leaves out stories while they are not published, and for good once they are deleted', async () => {
    const story = await newStory('Withdrawn');
    const own = new Author(talegraph.client, author, story);
    await finish(asAuthor, story);
    expect(await told()).toEqual([`FINISHED ${story.id}`, `PUBLISHED ${story.id}`]);
    await own.unpublish();
    expect(await told()).toEqual([]);
    expect(await activities(author, talegraph.client)).toEqual([]);
    expect((await asReader.get(UNREAD)).unreadFeedCount).toBe(0);
    await own.publish();
    expect(await told()).toEqual([`FINISHED ${story.id}`, `PUBLISHED ${story.id}`]);
    await own.deleteStory();
    expect(await told()).toEqual([]);
    // Not even to themselves.
    expect(await activities(author, asAuthor)).toEqual([]);
  });

  it('tells that a story is finished once, whatever is counted anew, and what waits is told too', async () => {
    const story = await newStory();
    const progressId = await play(asAuthor, story, ['start', 'end']);
    const at = await talegraph.database.query<{ at: Date }[]>(
      'SELECT at FROM progress_steps WHERE progress_id = $1',
      [progressId.split('_')[1]],
    );
    // Nothing is counted yet: counting anew empties the outbox.
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    const { nodes } = await feed();
    expect(nodes[0]).toMatchObject({ kind: 'FINISHED', at: at[0]!.at.toISOString() });
    await finish(asAuthor, story);
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    expect(await told()).toEqual([`FINISHED ${story.id}`, `PUBLISHED ${story.id}`]);
  });

  it('tells what somebody earned once, whatever is counted anew, but for what is secret', async () => {
    const winner = await talegraph.factory.newReader();
    const earned = async (client: GraphqlClient) =>
      (await client.get(EARNED, { id: winner.id })).user.activities.nodes
        .filter(({ kind }: any) => kind === 'ACHIEVED')
        .map(({ achievement }: any) => achievement.name)
        .sort();
    await asReader.get(FOLLOW, winner);
    await finish(talegraph.client.as(winner.token), await newStory());
    expect(await earned(asReader)).toEqual(['First step', 'The end']);
    expect(await earned(talegraph.client)).toEqual([]);
    const give = (key: string) =>
      talegraph.database.query(
        `INSERT INTO user_achievements (user_id, achievement_key, points, day, earned_at)
         VALUES ($1, $2, 10, now(), now())`,
        [winner.viewer.userId, key],
      );
    await talegraph.app.get(AwardNews).of(async () => {
      await give('day-300');
      await give('sessions-10');
    });
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    expect(await earned(asReader)).toEqual(['First step', 'Regular', 'The end']);
    await letSee(talegraph.client.as(winner.token), 'ACHIEVED', 'NOBODY');
    expect(await earned(asReader)).toEqual([]);
  });

  it('does not tell of a story that was begun only', async () => {
    const story = await newStory();
    const progressId = await play(asAuthor, story, ['start']);
    await talegraph.counted();
    expect(await told()).toEqual([`PUBLISHED ${story.id}`]);
    await choose(asAuthor, story, { progressId, step: 0, from: 'start', to: 'end' });
    await talegraph.counted();
    expect(await told()).toEqual([`FINISHED ${story.id}`, `PUBLISHED ${story.id}`]);
  });

  it('shows each kind to those alone who may see it, the past too, at once', async () => {
    const story = await newStory();
    await finish(asAuthor, story);
    const stranger = talegraph.client.as((await talegraph.factory.newReader()).token);
    const published = `PUBLISHED ${story.id}`;
    const finished = `FINISHED ${story.id}`;
    const seen = async () => ({
      self: await activities(author, asAuthor),
      feed: await told(),
      follower: await activities(author, asReader),
      stranger: await activities(author, stranger),
      anonymous: await activities(author, talegraph.client),
    });
    const both = [finished, published];
    const byDefault = { self: both, feed: both, follower: both };
    expect(await seen()).toEqual({ ...byDefault, stranger: [published], anonymous: [published] });
    await letSee(asAuthor, 'FINISHED', 'EVERYONE');
    expect(await seen()).toEqual({ ...byDefault, stranger: both, anonymous: both });
    await letSee(asAuthor, 'FINISHED', 'NOBODY');
    await letSee(asAuthor, 'PUBLISHED', 'FOLLOWERS');
    const followers = { feed: [published], follower: [published] };
    expect(await seen()).toEqual({ self: both, ...followers, stranger: [], anonymous: [] });
    await letSee(asAuthor, 'PUBLISHED', 'NOBODY');
    const nobody = { feed: [], follower: [], stranger: [], anonymous: [] };
    expect(await seen()).toEqual({ self: both, ...nobody });
    expect((await asReader.get(UNREAD)).unreadFeedCount).toBe(0);
    // What one says holds for oneself alone.
    expect(await activities(reader, asReader)).toEqual([]);
    expect((await asReader.get('{ activityPrivacy { kind audience } }')).activityPrivacy).toEqual([
      { kind: 'PUBLISHED', audience: 'EVERYONE' },
      { kind: 'FINISHED', audience: 'FOLLOWERS' },
      { kind: 'RATED', audience: 'EVERYONE' },
      { kind: 'ACHIEVED', audience: 'FOLLOWERS' },
      { kind: 'SHARED', audience: 'FOLLOWERS' },
    ]);
  });

  it('shows nothing to those who are blocked, and nothing of them', async () => {
    const story = await newStory();
    await asAuthor.get(FOLLOW, reader);
    await letSee(asReader, 'FINISHED', 'EVERYONE');
    await finish(asReader, story);
    expect(await told(asAuthor)).toEqual([`FINISHED ${story.id}`]);
    await asAuthor.get(BLOCK, reader);
    expect(await told()).toEqual([]);
    expect(await told(asAuthor)).toEqual([]);
    expect(await activities(author, asReader)).toEqual([]);
    expect(await activities(reader, asAuthor)).toEqual([]);
    expect(await activities(author, talegraph.client)).toEqual([`PUBLISHED ${story.id}`]);
  });

  it('counts what is new since it was read, up to 100', async () => {
    const unread = async () => (await asReader.get(UNREAD)).unreadFeedCount;
    expect(await unread()).toBe(0);
    expect((await asReader.get(READ)).markFeedRead).toBe(true);
    const story = await newStory();
    await finish(asAuthor, story);
    expect(await unread()).toBe(2);
    await asReader.get(READ);
    expect(await unread()).toBe(0);
    await newStory();
    expect(await unread()).toBe(1);
    await talegraph.database.query(
      `INSERT INTO activities (actor_id, kind, subject, story_id)
       SELECT $1, 'rated', 'made up ' || n, $2 FROM generate_series(1, 150) AS n`,
      [author.viewer.userId, story.storyId],
    );
    expect(await unread()).toBe(100);
    await asReader.get(READ);
    expect(await unread()).toBe(0);
    expect((await feed()).totalCount).toBe(153);
  });
});
