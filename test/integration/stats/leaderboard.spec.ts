import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { everyPage } from '../../support/pages.js';
import { play } from '../../support/playing.js';

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
});
