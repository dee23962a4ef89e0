import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { everyPage } from '../../support/pages.js';
import { play } from '../../support/playing.js';
import { keyOf } from '../../support/player.js';

const LEADERBOARD = `query ($metric: LeaderboardMetric, $after: String) {
  leaderboard(metric: $metric, first: 2, after: $after) {
    nodes { rank value user { id username } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

describe('leaderboard', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    const author = await factory.newAuthor('writer');
    const fork = await factory.newStory(author, {
      nodes: { start: ['end', 'on'], on: ['other'], end: [], other: [] },
    });
    const second = await factory.newStory(author);
    const third = await factory.newStory(author);
    const [long, short] = [
      ['start', 'on', 'other'],
      ['start', 'end'],
    ];
    const playAll = async (person: Person, paths: [MadeStory, string[]][]) => {
      for (const [story, keys] of paths) await play(client.as(person.token), story, keys);
    };
    const everything: [MadeStory, string[]][] = [
      [fork, short],
      [second, short],
      [third, short],
    ];
    await playAll(await factory.newReader('ann'), everything);
    await playAll(await factory.newReader('bob'), [
      [fork, short],
      [fork, long],
      [second, short],
    ]);
    await playAll(await factory.newReader('cid'), [
      [fork, long],
      [second, short],
    ]);
    await playAll(await factory.newReader('dan'), [
      [fork, short],
      [fork, short],
      [second, short],
    ]);
    await playAll(await factory.newReader('eve'), [[fork, ['start', 'on']]]);
    await playAll(await factory.newReader('fay'), [[fork, ['start']]]);
    await playAll(await factory.newGuest(), [...everything, [fork, long]]);

    await talegraph.counted();
    const seconds = { ann: 1200, bob: 1259, cid: 59, eve: 180 };
    for (const [username, played] of Object.entries({ dan: 0, ...seconds })) {
      await talegraph.database.query(
        `UPDATE user_stats SET play_ms = $2 FROM users
         WHERE users.user_id = user_stats.user_id AND username = $1`,
        [username, played * 1000],
      );
    }
    await talegraph.database.query(
      `UPDATE user_stats SET play_ms = 9999000 FROM users
       WHERE users.user_id = user_stats.user_id AND role = 'guest'`,
    );
  });
  afterAll(() => talegraph.close());

  const pages = async (metric?: string) =>
    (await everyPage(talegraph.client, LEADERBOARD, { metric })).map((nodes) =>
      nodes.map(({ rank, value, user }) => `${rank}. ${user.username} ${value}`),
    );

  it.each([
    // Equals share a rank, and the longest-standing member comes first; fay has played nothing to speak of.
    [
      'STORIES_COMPLETED',
      [
        ['1. ann 3', '2. bob 2'],
        ['2. cid 2', '2. dan 2'],
      ],
    ],
    [
      'ENDINGS_FOUND',
      [
        ['1. ann 3', '1. bob 3'],
        ['3. cid 2', '3. dan 2'],
      ],
    ],
    ['CHOICES_MADE', [['1. bob 4', '2. ann 3'], ['2. cid 3', '2. dan 3'], ['5. eve 1']]],
    // Whole minutes: cid has not come to one.
    ['PLAY_TIME', [['1. ann 20', '1. bob 20'], ['3. eve 3']]],
  ])('by %s ranks readers, guests and zeros left out, page by page', async (metric, expected) => {
    expect(await pages(metric)).toEqual(expected);
    const { leaderboard } = await talegraph.client.get(LEADERBOARD, { metric });
    expect(leaderboard.totalCount).toBe(expected.flat().length);
  });

  it('ranks by completed stories when no metric is given', async () => {
    expect(await pages()).toEqual(await pages('STORIES_COMPLETED'));
  });

  it('takes in what is played once it is counted', async () => {
    const { factory, client } = talegraph;
    const person = await factory.newReader('zoe');
    const story = await factory.newStory(await factory.newAuthor());
    const count = async () =>
      (await client.get(LEADERBOARD, { metric: 'ENDINGS_FOUND' })).leaderboard.totalCount;
    expect(await count()).toBe(4);
    await play(client.as(person.token), story, ['start', 'end']);
    await talegraph.counted();
    expect(await count()).toBe(5);
    expect((await pages('ENDINGS_FOUND')).flat().at(-1)).toBe('5. zoe 1');
  });

  it('refuses a cursor that is not its own', async () => {
    const { extensions } = await talegraph.client.fail(LEADERBOARD, { after: 'WzFd' });
    expect(extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'after', message: 'must be a cursor that this list returned' }],
    });
  });

  describe('of a reader among others', () => {
    let story: MadeStory;
    let author: Person;
    const people: Record<string, Person> = {};
    beforeAll(async () => {
      const { factory, client, database } = talegraph;
      author = await factory.newAuthor();
      story = await factory.newStory(author, {
        nodes: { start: ['end', 'on'], on: ['other'], end: [], other: [] },
      });
      for (const name of ['gus', 'hal', 'ida']) people[name] = await factory.newReader(name);
      await play(client.as(people.gus!.token), story, ['start', 'on', 'other']);
      await play(client.as(people.hal!.token), story, ['start', 'end']);
      const id = await play(client.as(people.ida!.token), story, ['start', 'end']);
      // Ida has played half a year ago, and taken ten seconds.
      const of = keyOf(id);
      await database.query(
        `UPDATE user_progress SET start_time = start_time - interval '200 days', start_day = start_day - 200
         WHERE progress_id = $1`,
        [of],
      );
      await database.query(
        `UPDATE progress_steps SET at = at - interval '200 days' + interval '10 seconds', day = day - 200
         WHERE progress_id = $1`,
        [of],
      );
      await talegraph.app.get(FactCounter).rebuild(() => undefined);
    });

    const BOARD = `query ($metric: LeaderboardMetric!, $period: LeaderboardPeriod, $friends: Boolean! = false) {
      leaderboard(metric: $metric, period: $period, friends: $friends, first: 100) {
        totalCount viewerRank { rank value } nodes { rank value user { username } }
      }
    }`;
    const OF_STORY = `query ($id: ID!, $metric: StoryLeaderboardMetric!) {
      storyLeaderboard(storyId: $id, metric: $metric, first: 100) {
        totalCount viewerRank { rank value } nodes { rank value user { username } }
      }
    }`;
    const as = (name: string) => talegraph.client.as(people[name]!.token);
    const lines = ({ nodes }: any): string[] =>
      nodes.map(({ rank, value, user }: any) => `${rank}. ${user.username} ${value}`);
    const board = async (name: string, variables: object) =>
      (await as(name).get(BOARD, { metric: 'CHOICES_MADE', ...variables })).leaderboard;
    const ofStory = async (name: string, metric: string) =>
      (await as(name).get(OF_STORY, { id: story.id, metric })).storyLeaderboard;
    const hide = async (name: string, hidden: boolean) => {
      await as(name).get(
        `mutation ($hidden: Boolean!) { updateProfile(input: { hideFromLeaderboards: $hidden }) { hideFromLeaderboards } }`,
        { hidden },
      );
    };

    it('tells where the viewer stands, on whichever page', async () => {
      const all = await board('gus', {});
      const own = all.nodes.find(({ user }: any) => user.username === 'gus');
      expect(all.viewerRank).toEqual({ rank: own.rank, value: 2 });
      const { leaderboard } = await talegraph.client.get(BOARD, { metric: 'CHOICES_MADE' });
      expect(leaderboard.viewerRank).toBeNull();
      expect((await board('ida', {})).viewerRank.value).toBe(1);
    });

    it.each(['MONTH', 'WEEK'])('has who played in this %s alone', async (period) => {
      const now = await board('gus', { period });
      expect(lines(now)).toEqual(expect.arrayContaining([expect.stringContaining('hal 1')]));
      expect(lines(now).join()).not.toContain('ida');
      expect(now.totalCount).toBe(now.nodes.length);
      expect((await board('ida', { period })).viewerRank).toBeNull();
      const { extensions } = await as('gus').fail(BOARD, { metric: 'LONGEST_STREAK', period });
      expect(extensions.fields).toMatchObject([{ path: 'period' }]);
    });

    it('ranks by experience and streaks', async () => {
      const xp = await board('gus', { metric: 'EXPERIENCE' });
      const { userStats } = await as('gus').get('{ userStats { xp } }');
      expect(xp.viewerRank.value).toBe(userStats.xp);
      const ranks = xp.nodes.map(({ value }: any) => value);
      expect(ranks).toEqual([...ranks].sort((one, other) => other - one));
      expect((await board('gus', { metric: 'LONGEST_STREAK' })).viewerRank).toEqual({
        rank: 1,
        value: 1,
      });
    });

    it('is among those whom the viewer follows', async () => {
      await as('gus').get(`mutation ($id: ID!) { followUser(userId: $id) { __typename } }`, {
        id: people.hal!.id,
      });
      const friends = await board('gus', { friends: true });
      expect(lines(friends)).toEqual(['1. gus 2', '2. hal 1']);
      expect(friends).toMatchObject({ totalCount: 2, viewerRank: { rank: 1, value: 2 } });
      const { extensions } = await talegraph.client.fail(BOARD, {
        metric: 'CHOICES_MADE',
        friends: true,
      });
      expect(extensions.code).toBe('UNAUTHENTICATED');
    });

    it('of a story has the best of each', async () => {
      expect(lines(await ofStory('gus', 'FEWEST_STEPS'))).toEqual([
        '1. hal 1',
        '1. ida 1',
        '3. gus 2',
      ]);
      const fastest = await ofStory('ida', 'FASTEST');
      expect(fastest.viewerRank).toEqual({ rank: 3, value: 10 });
      await play(as('gus'), story, ['start', 'end']);
      await talegraph.counted();
      expect(lines(await ofStory('gus', 'FEWEST_STEPS'))).toEqual([
        '1. gus 1',
        '1. hal 1',
        '1. ida 1',
      ]);
    });

    it('of a story is told to nobody who may not see that', async () => {
      const draft = await talegraph.factory.newStory(author, { published: false });
      const { extensions } = await as('gus').fail(OF_STORY, { id: draft.id, metric: 'FASTEST' });
      expect(extensions.code).toBe('NOT_FOUND');
    });

    it('has nobody who hides, who still sees their own place', async () => {
      const before = await board('hal', {});
      await hide('gus', true);
      for (const [name, args] of [
        ['hal', {}],
        ['hal', { period: 'WEEK' }],
        ['hal', { metric: 'EXPERIENCE' }],
      ] as const)
        expect(lines(await board(name, args)).join()).not.toContain('gus');
      expect(lines(await ofStory('hal', 'FEWEST_STEPS')).join()).not.toContain('gus');
      expect((await ofStory('gus', 'FEWEST_STEPS')).viewerRank).toEqual({ rank: 1, value: 1 });
      await talegraph.counted();
      const hidden = await board('hal', {});
      expect(hidden.totalCount).toBe(before.totalCount - 1);
      expect(hidden.viewerRank.rank).toBe(before.viewerRank.rank - 1);
      expect((await board('gus', {})).viewerRank.value).toBe(3);
      await hide('gus', false);
      await talegraph.counted();
      expect(await board('hal', {})).toEqual(before);
    });
  });
});
