import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { everyPage } from '../../support/pages.js';
import { choose, letPass, play } from '../../support/playing.js';

const STATS = `query ($userId: ID) {
  userStats(userId: $userId) {
    userId storiesStarted storiesCompleted endingsFound totalChoicesMade favoriteCategory totalPlayTime
  }
}`;

const NOTHING = {
  storiesStarted: 0,
  storiesCompleted: 0,
  endingsFound: 0,
  totalChoicesMade: 0,
  favoriteCategory: null,
  totalPlayTime: 0,
};

const FORK = { start: ['left', 'right'], left: ['good'], right: ['bad'], good: [], bad: [] };

describe('userStats', () => {
  let talegraph: TestApp;
  let author: Person;
  let fork: MadeStory;
  let short: MadeStory;
  let person: Person;
  let reader: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor();
    fork = await talegraph.factory.newStory(author, { nodes: FORK, category: 'fantasy' });
    short = await talegraph.factory.newStory(author, { category: 'horror' });
  });
  beforeEach(async () => {
    person = await talegraph.factory.newReader();
    reader = talegraph.client.as(person.token);
  });
  afterAll(() => talegraph.close());

  const stats = async () => {
    await talegraph.counted();
    const { userId, ...figures } = (await reader.get(STATS)).userStats;
    expect(userId).toBe(person.id);
    return figures;
  };

  it('are all zero before a reader plays', async () => {
    expect(await stats()).toEqual(NOTHING);
  });

  it('are counted within seconds of a beginning, without being asked for', async () => {
    await reader.get(`mutation { startStory(storyId: "${fork.id}") { id } }`);
    const deadline = Date.now() + 10_000;
    while ((await reader.get(STATS)).userStats.storiesStarted === 0) {
      expect(Date.now()).toBeLessThan(deadline);
      await setTimeout(100);
    }
  });

  it('count a story once however often it is replayed, and each ending once', async () => {
    await play(reader, fork, ['start', 'left', 'good']);
    expect(await stats()).toEqual({
      ...NOTHING,
      storiesStarted: 1,
      storiesCompleted: 1,
      endingsFound: 1,
      totalChoicesMade: 2,
      favoriteCategory: 'fantasy',
    });
    await play(reader, fork, ['start', 'left', 'good']);
    expect(await stats()).toMatchObject({ storiesCompleted: 1, endingsFound: 1 });
    await play(reader, fork, ['start', 'right', 'bad']);
    expect(await stats()).toEqual({
      ...NOTHING,
      storiesStarted: 1,
      storiesCompleted: 1,
      endingsFound: 2,
      totalChoicesMade: 6,
      favoriteCategory: 'fantasy',
    });
  });

  it('count begun stories as started, and their choices, but not as completed', async () => {
    await play(reader, short, ['start']);
    await play(reader, fork, ['start', 'left']);
    expect(await stats()).toMatchObject({
      storiesStarted: 2,
      storiesCompleted: 0,
      endingsFound: 0,
      totalChoicesMade: 1,
    });
  });

  it('go on counting a playthrough that its reader has deleted', async () => {
    await play(reader, short, ['start', 'end']);
    const id = await play(reader, fork, ['start', 'right', 'bad']);
    const before = await stats();
    expect(before).toMatchObject({ storiesCompleted: 2, endingsFound: 2, totalChoicesMade: 3 });
    await reader.get(`mutation ($id: ID!) { deleteProgress(id: $id) }`, { id });
    expect((await reader.get('{ progress { totalCount } }')).progress.totalCount).toBe(1);
    expect(await stats()).toEqual(before);
  });

  it('go on counting a story that its author has deleted', async () => {
    const story = await talegraph.factory.newStory(author, { category: 'mystery' });
    await play(reader, story, ['start', 'end']);
    const before = await stats();
    await talegraph.client.as(author.token).get(`mutation ($id: ID!) { deleteStory(id: $id) }`, {
      id: story.id,
    });
    expect(await stats()).toEqual(before);
    expect(before).toMatchObject({ storiesCompleted: 1, favoriteCategory: 'mystery' });
  });

  it('list every story once, page by page, though they were played within a millisecond', async () => {
    for (const story of [fork, short]) await play(reader, story, ['start']);
    await talegraph.counted();
    await talegraph.database.query(
      `UPDATE user_progress SET start_time = '2026-11-25T12:00:00.123Z'::timestamptz
         + CASE WHEN story_id = $2 THEN 400 ELSE 200 END * interval '1 microsecond'
       WHERE user_id = (SELECT user_id FROM users WHERE username = $1)`,
      [person.username, fork.storyId],
    );
    await talegraph.app.get(FactCounter).rebuild(() => undefined);
    const pages = await everyPage(
      reader,
      `query ($after: String) { userStats { stories(first: 1, after: $after) {
        nodes { story { id } } pageInfo { hasNextPage endCursor } } } }`,
      {},
      ({ userStats }) => userStats.stories,
    );
    expect(pages.flat().map(({ story }) => story.id)).toEqual([short.id, fork.id]);
  });

  it('count a choice once that was sent twice', async () => {
    const progressId = await play(reader, fork, ['start']);
    const choice = { progressId, step: 0, from: 'start', to: 'left' };
    await choose(reader, fork, choice);
    await choose(reader, fork, choice);
    expect(await stats()).toMatchObject({ totalChoicesMade: 1 });
  });

  it('count the choices of a path that was played offline', async () => {
    await reader.get(
      `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { id } }`,
      {
        input: {
          storyId: fork.id,
          choicesMade: [
            { nodeId: fork.node('start'), choiceId: fork.choice('start', 'right') },
            { nodeId: fork.node('right'), choiceId: fork.choice('right', 'bad') },
          ],
        },
      },
    );
    expect(await stats()).toMatchObject({
      storiesStarted: 1,
      storiesCompleted: 1,
      endingsFound: 1,
      totalChoicesMade: 2,
    });
  });

  it('tell the category played most', async () => {
    await play(reader, fork, ['start']);
    await play(reader, short, ['start']);
    await play(reader, short, ['start', 'end']);
    expect(await stats()).toMatchObject({ favoriteCategory: 'horror' });
    await play(reader, fork, ['start']);
    await play(reader, fork, ['start']);
    expect(await stats()).toMatchObject({ favoriteCategory: 'fantasy' });
  });

  it('count the minutes between choices, ten of a longer pause', async () => {
    const progressId = await play(reader, fork, ['start']);
    const pause = (length: string) => letPass(talegraph.database, progressId, length);
    await pause('5 minutes');
    await choose(reader, fork, { progressId, step: 0, from: 'start', to: 'left' });
    expect(await stats()).toMatchObject({ totalPlayTime: 5 });
    await pause('3 hours');
    await choose(reader, fork, { progressId, step: 1, from: 'left', to: 'good' });
    expect(await stats()).toMatchObject({ totalPlayTime: 15 });
  });

  it('are a guest’s own too', async () => {
    person = await talegraph.factory.newGuest();
    reader = talegraph.client.as(person.token);
    await play(reader, short, ['start', 'end']);
    expect(await stats()).toMatchObject({ storiesCompleted: 1, totalChoicesMade: 1 });
  });

  it('tell the artifacts collected: once each, where, when, and by the name that they had', async () => {
    const story = await talegraph.factory.newStory(author, {
      nodes: { start: ['cave', 'end'], cave: ['start'], end: [] },
      published: false,
    });
    const writer = new Author(talegraph.client, author, story);
    await writer.define({
      allowUndo: true,
      artifacts: ['coin', 'lamp', 'ring'].map((key) => ({ key, name: `A ${key}` })),
    });
    const award = (key: string) => ({ effects: [{ op: 'AWARD', target: key }] });
    await writer.updateNode('start', award('coin'));
    await writer.updateNode('cave', award('lamp'));
    await writer.publish();
    const progressId = await play(reader, story, ['start', 'cave']);
    await reader.get(
      `mutation ($progressId: ID!) { undo(progressId: $progressId, input: { step: 1 }) { id } }`,
      { progressId },
    );
    await choose(reader, story, { progressId, step: 2, from: 'start', to: 'cave' });
    await writer.define({
      artifacts: [
        { key: 'lamp', name: 'Another' },
        { key: 'coin', name: 'C' },
      ],
    });
    await writer.publish();
    await play(reader, story, ['start', 'cave']);
    await talegraph.counted();
    const ARTIFACTS = `query ($after: String) { userStats { artifacts(first: 1, after: $after) {
      totalCount pageInfo { endCursor } nodes { key name collectedAt story { id } }
    } } }`;
    const latest = (await reader.get(ARTIFACTS)).userStats.artifacts;
    expect(latest.totalCount).toBe(2);
    expect(latest.nodes).toMatchObject([{ key: 'lamp', name: 'A lamp', story: { id: story.id } }]);
    const { endCursor: after } = latest.pageInfo;
    const { nodes } = (await reader.get(ARTIFACTS, { after })).userStats.artifacts;
    expect(nodes).toMatchObject([{ key: 'coin', name: 'A coin', story: { id: story.id } }]);
    await writer.unpublish();
    expect((await reader.get(ARTIFACTS)).userStats.artifacts.nodes).toMatchObject([
      { key: 'lamp', name: 'A lamp', story: null },
    ]);
  });

  it('are told to oneself and to administrators alone', async () => {
    await play(reader, short, ['start', 'end']);
    const own = await stats();
    const other = talegraph.client.as((await talegraph.factory.newReader()).token);
    const guest = talegraph.client.as((await talegraph.factory.newGuest()).token);
    const admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
    const before = await fingerprint(talegraph.database);
    for (const viewer of [other, guest]) {
      for (const userId of [person.id, 'usr_999999']) {
        const { data, errors } = await viewer.send(STATS, { userId });
        expect(data).toBeNull();
        expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }]);
      }
    }
    expect((await talegraph.client.fail(STATS, {})).extensions).toEqual({
      code: 'UNAUTHENTICATED',
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
    expect((await admin.get(STATS, { userId: person.id })).userStats).toEqual({
      userId: person.id,
      ...own,
    });
    expect((await reader.get(STATS, { userId: person.id })).userStats).toEqual({
      userId: person.id,
      ...own,
    });
    expect((await admin.fail(STATS, { userId: 'usr_999999' })).extensions).toEqual({
      code: 'NOT_FOUND',
    });
  });
});
