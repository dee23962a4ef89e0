import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import type { MadeStory, Person } from '../support/factory.js';
import { play } from '../support/playing.js';

const BOARD = `query ($metric: LeaderboardMetric, $period: LeaderboardPeriod, $friends: Boolean) {
  leaderboard(metric: $metric, period: $period, friends: $friends) {
    totalCount viewerRank { rank value } nodes { rank value user { username } } } }`;
const STORY_BOARD = `query ($id: ID!) { storyLeaderboard(storyId: $id, metric: FEWEST_STEPS) {
  nodes { rank value user { username } } } }`;
const HIDE = `mutation ($hide: Boolean!) { updateProfile(input: { hideFromLeaderboards: $hide }) { hideFromLeaderboards } }`;

/** A reader who climbs, is seen among friends, and then would rather not be seen. */
describe('the journey of a reader up the leaderboards', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let people: Record<'ann' | 'bob' | 'cid', Person>;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory } = talegraph;
    people = {
      ann: await factory.newReader('ann'),
      bob: await factory.newReader('bob'),
      cid: await factory.newReader('cid'),
    };
    story = await factory.newStory(await factory.newAuthor('author'), {
      nodes: { start: ['end', 'on'], on: ['other'], end: [], other: [] },
    });
  });
  afterAll(() => talegraph.close());

  const as = (who: keyof typeof people) => talegraph.client.as(people[who].token);
  const lines = (nodes: { rank: number; value: number; user: { username: string } }[]) =>
    nodes.map(({ rank, value, user }) => `${rank}. ${user.username} ${value}`);
  const board = async (who: keyof typeof people, question: object) => {
    await talegraph.counted();
    const { leaderboard } = await as(who).get(BOARD, question);
    return { own: leaderboard.viewerRank, lines: lines(leaderboard.nodes) };
  };

  it('is ranked by what was played, among friends, and unseen by others once hidden', async () => {
    const found = { metric: 'ENDINGS_FOUND' };
    await play(as('ann'), story, ['start', 'on', 'other']);
    await play(as('bob'), story, ['start', 'end']);
    expect(await board('cid', found)).toEqual({ own: null, lines: ['1. ann 1', '1. bob 1'] });

    // Another ending puts bob ahead, in every period; the same one again would not.
    await play(as('bob'), story, ['start', 'on', 'other']);
    await play(as('ann'), story, ['start', 'on', 'other']);
    for (const period of ['ALL_TIME', 'MONTH', 'WEEK'])
      expect(await board('ann', { ...found, period })).toEqual({
        own: { rank: 2, value: 1 },
        lines: ['1. bob 2', '2. ann 1'],
      });
    const ways = async () =>
      lines((await as('cid').get(STORY_BOARD, { id: story.id })).storyLeaderboard.nodes);
    expect(await ways()).toEqual(['1. bob 1', '2. ann 2']);

    // Among friends: oneself, and those whom one follows.
    expect((await board('ann', { ...found, friends: true })).lines).toEqual(['1. ann 1']);
    await as('ann').get(`mutation ($id: ID!) { followUser(userId: $id) { id } }`, {
      id: people.bob.id,
    });
    expect((await board('ann', { ...found, friends: true })).lines).toEqual([
      '1. bob 2',
      '2. ann 1',
    ]);
    expect((await board('bob', { ...found, friends: true })).lines).toEqual(['1. bob 2']);

    // Hidden: on no board for others, those of a story and of friends among them, and still placed for oneself.
    await as('bob').get(HIDE, { hide: true });
    for (const who of ['ann', 'cid'] as const)
      expect((await board(who, found)).lines).not.toContainEqual(expect.stringContaining('bob'));
    expect((await board('ann', { ...found, friends: true })).lines).not.toContainEqual(
      expect.stringContaining('bob'),
    );
    expect(await ways()).toEqual(['1. ann 2']);
    expect((await board('bob', found)).own).toEqual({ rank: 1, value: 2 });

    // Seen again when they want to be.
    await as('bob').get(HIDE, { hide: false });
    expect((await board('cid', found)).lines).toContain('1. bob 2');
  });
});
