import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { countedTables } from '../../support/counted-tables.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { choose, play } from '../../support/playing.js';

const STATS = `query ($userId: ID) { userStats(userId: $userId) {
  xp level xpForLevel xpForNextLevel totalChoicesMade storiesCompleted endingsFound totalPlayTime sessions
} }`;
const UPDATE = `mutation ($userId: ID!, $input: UpdateUserStatsInput!) {
  updateUserStats(userId: $userId, input: $input) { xp totalChoicesMade storiesCompleted totalPlayTime }
}`;
const CORRECTIONS = `query ($userId: ID!, $after: String) { statsCorrections(userId: $userId, first: 1, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id day reason correctedBy { username } totalChoicesMade storiesCompleted totalPlayTime xp }
} }`;

describe('experience', () => {
  let talegraph: TestApp;
  let fork: MadeStory;
  let ring: MadeStory;
  let person: Person;
  let reader: GraphqlClient;
  let admin: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    const author = await factory.newAuthor();
    fork = await factory.newStory(author, {
      nodes: { start: ['left', 'right'], left: ['good'], right: ['bad'], good: [], bad: [] },
    });
    ring = await factory.newStory(author, { nodes: { start: ['start', 'end'], end: [] } });
    admin = client.as((await factory.newAdmin()).token);
  });
  beforeEach(async () => {
    person = await talegraph.factory.newReader();
    reader = talegraph.client.as(person.token);
  });
  afterAll(() => talegraph.close());

  const stats = async () => {
    await talegraph.counted();
    return (await reader.get(STATS)).userStats;
  };
  const update = (input: object) => admin.get(UPDATE, { userId: person.id, input });

  it('comes of choices, days, endings and stories, each by its worth', async () => {
    expect(await stats()).toMatchObject({ xp: 0, level: 1, xpForLevel: 0, xpForNextLevel: 100 });
    await play(reader, fork, ['start', 'left']);
    // The first choice and the first story are achievements of 10 points each, as is knowing all endings.
    expect((await stats()).xp).toBe(1 + 10 + 10);
    await play(reader, fork, ['start', 'left', 'good']);
    expect((await stats()).xp).toBe(3 + 10 + 25 + 50 + 20);
    await play(reader, fork, ['start', 'left', 'good']);
    expect((await stats()).xp).toBe(5 + 10 + 25 + 50 + 20);
    await play(reader, fork, ['start', 'right', 'bad']);
    expect(await stats()).toMatchObject({
      xp: 7 + 10 + 25 + 25 + 50 + 30,
      level: 2,
      xpForLevel: 100,
      xpForNextLevel: 300,
    });
  });

  it('counts 200 choices a day at most', async () => {
    const progressId = await play(reader, ring, ['start']);
    for (let step = 0; step < 203; step++)
      await choose(reader, ring, { progressId, step, from: 'start', to: 'start' });
    expect(await stats()).toMatchObject({ totalChoicesMade: 203, xp: 200 + 10 + 20 });
  });

  it('follows corrections, which are kept and counted anew with the rest', async () => {
    await play(reader, fork, ['start', 'left', 'good']);
    await talegraph.counted();
    const first = { reason: 'Lost in a move', storiesCompleted: 2, totalPlayTime: 90, xp: 7 };
    expect((await update({ ...first, day: '2026-02-03' })).updateUserStats).toEqual({
      xp: 107 + 2 * 50 + 7,
      totalChoicesMade: 2,
      storiesCompleted: 3,
      totalPlayTime: 90,
    });
    await update({ reason: 'Cheated', totalChoicesMade: -2, storiesCompleted: -1 });
    expect(await stats()).toMatchObject({ xp: 162, totalChoicesMade: 0, storiesCompleted: 2 });
    // What is found to be first on a corrected day leaves the correction.
    await play(reader, ring, ['start', 'end']);
    expect(await stats()).toMatchObject({ totalChoicesMade: 1, storiesCompleted: 3, xp: 238 });

    const counted = await countedTables(talegraph.database);
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    expect(await countedTables(talegraph.database)).toEqual(counted);

    const { statsCorrections: latest } = await admin.get(CORRECTIONS, { userId: person.id });
    expect(latest).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          reason: 'Cheated',
          totalChoicesMade: -2,
          correctedBy: { username: expect.stringMatching(/admin/) },
        },
      ],
    });
    const { statsCorrections: earliest } = await admin.get(CORRECTIONS, {
      userId: person.id,
      after: latest.pageInfo.endCursor,
    });
    expect(earliest.pageInfo.hasNextPage).toBe(false);
    expect(earliest.nodes).toMatchObject([
      {
        ...first,
        day: '2026-02-03',
        totalChoicesMade: 0,
        correctedBy: latest.nodes[0].correctedBy,
      },
    ]);
  });

  it.each([
    [{ totalChoicesMade: -1 }, 'input.totalChoicesMade', 'must not take more than there is'],
    [{ xp: 5, day: '2999-01-01' }, 'input.day', 'must not lie after today'],
    [{}, 'input', 'must add or take something'],
    [{ xp: 1_000_001 }, 'input.xp', 'must be at most 1000000'],
    [{ xp: 1, reason: ' ' }, 'input.reason', 'must not be empty'],
  ])('is not corrected by %j', async (input, path, message) => {
    const before = await countedTables(talegraph.database);
    const { extensions } = await admin.fail(UPDATE, {
      userId: person.id,
      input: { reason: 'Why not', ...input },
    });
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(extensions.fields).toEqual([{ path, message: expect.stringContaining(message) }]);
    expect(await countedTables(talegraph.database)).toEqual(before);
    const { statsCorrections } = await admin.get(CORRECTIONS, { userId: person.id });
    expect(statsCorrections.totalCount).toBe(0);
  });
});
