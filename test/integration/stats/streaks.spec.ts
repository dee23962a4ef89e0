import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { installClock, setClock } from '../../support/clock.js';
import type { MadeStory } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { play } from '../../support/playing.js';

describe('a streak', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let reader: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp({}, installClock);
    story = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
  });
  beforeEach(async () => {
    reader = talegraph.client.as((await talegraph.factory.newReader()).token);
  });
  afterAll(() => talegraph.close());

  const goTo = (timezone: string) =>
    reader.get(
      `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { timezone } }`,
      { input: { timezone } },
    );

  const playAt = async (at: string) => {
    await setClock(talegraph.database, at);
    await play(reader, story, ['start', 'end']);
    await talegraph.counted();
  };

  /** @returns the streak that runs, and the longest */
  const streakAt = async (at: string): Promise<[number, number]> => {
    await setClock(talegraph.database, at);
    const { userStats } = await reader.get('{ userStats { currentStreak longestStreak } }');
    return [userStats.currentStreak, userStats.longestStreak];
  };

  it('grows with each day on which something is played, at midnight of the reader', async () => {
    await goTo('Asia/Tokyo');
    await playAt('2026-06-01T14:59:00Z');
    expect(await streakAt('2026-06-01T14:59:30Z')).toEqual([1, 1]);
    await playAt('2026-06-01T14:59:59Z');
    expect(await streakAt('2026-06-01T14:59:59Z')).toEqual([1, 1]);
    await playAt('2026-06-01T15:00:00Z');
    expect(await streakAt('2026-06-01T15:00:00Z')).toEqual([2, 2]);
  });

  it('lasts the whole next day, and is broken once a day was missed', async () => {
    await goTo('America/New_York');
    await playAt('2026-06-01T12:00:00Z');
    await playAt('2026-06-02T12:00:00Z');
    expect(await streakAt('2026-06-04T03:59:59Z')).toEqual([2, 2]);
    expect(await streakAt('2026-06-04T04:00:00Z')).toEqual([0, 2]);
    await playAt('2026-06-04T12:00:00Z');
    expect(await streakAt('2026-06-04T12:00:00Z')).toEqual([1, 2]);
  });

  it.each([
    ['spring, when a day has 23 hours', '2026-03-28T22:59:00Z', '2026-03-28T23:00:00Z'],
    ['autumn, when a day has 25 hours', '2026-10-24T21:59:00Z', '2026-10-24T22:00:00Z'],
  ])('goes over the change of clocks in %s', async (_, before, midnight) => {
    await goTo('Europe/Oslo');
    await playAt(before);
    await playAt(midnight);
    expect(await streakAt(midnight)).toEqual([2, 2]);
    const day = new Date(midnight);
    // Two in the morning twice, or not at all: still the same day.
    for (const hours of [0.5, 1.5, 22.9]) {
      const later = new Date(day.getTime() + hours * 3_600_000).toISOString();
      expect(await streakAt(later)).toEqual([2, 2]);
    }
    const length = before < '2026-06' ? 23 : 25;
    await playAt(new Date(day.getTime() + length * 3_600_000 - 1000).toISOString());
    expect((await streakAt(midnight))[0]).toBe(2);
    await playAt(new Date(day.getTime() + length * 3_600_000).toISOString());
    expect((await streakAt(midnight))[1]).toBe(3);
  });

  it('keeps the days as they were when the reader moves to another time zone', async () => {
    await goTo('America/Los_Angeles');
    await playAt('2026-06-01T20:00:00Z');
    await playAt('2026-06-02T20:00:00Z');
    await goTo('Asia/Tokyo');
    // In Tokyo it is the 3rd already, and play on it goes on with the streak.
    expect(await streakAt('2026-06-02T20:00:00Z')).toEqual([2, 2]);
    await playAt('2026-06-02T21:00:00Z');
    expect(await streakAt('2026-06-02T21:00:00Z')).toEqual([3, 3]);
    await goTo('America/Los_Angeles');
    // Back on the 2nd, the 3rd is played already.
    await playAt('2026-06-02T22:00:00Z');
    expect(await streakAt('2026-06-02T22:00:00Z')).toEqual([3, 3]);
    await playAt('2026-06-04T20:00:00Z');
    expect(await streakAt('2026-06-04T20:00:00Z')).toEqual([4, 4]);
  });

  it('is not mended by a correction, which adds no day of play', async () => {
    const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
    await playAt('2026-06-01T12:00:00Z');
    await playAt('2026-06-03T12:00:00Z');
    const { me } = await reader.get('{ me { id } }');
    await admin.get(
      `mutation ($id: ID!) {
         updateUserStats(userId: $id, input: { reason: "Lost", day: "2026-06-02", totalChoicesMade: 3 }) { userId }
       }`,
      { id: me.id },
    );
    expect(await streakAt('2026-06-03T13:00:00Z')).toEqual([1, 1]);
  });
});
