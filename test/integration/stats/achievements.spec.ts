import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { countedTables } from '../../support/counted-tables.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { play } from '../../support/playing.js';

const ACHIEVEMENTS = `query ($userId: ID) { achievements(userId: $userId) {
  earned(first: 50) { totalCount nodes { earnedAt story { id }
    achievement { key name description icon tier points isSecret } } }
  open { progress threshold achievement { key isSecret } }
} }`;

describe('achievements', () => {
  let talegraph: TestApp;
  let author: Person;
  let fork: MadeStory;
  let person: Person;
  let reader: GraphqlClient;
  let admin: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor();
    fork = await talegraph.factory.newStory(author, {
      nodes: { start: ['left', 'right'], left: [], right: [] },
    });
    admin = talegraph.client.as((await talegraph.factory.newAdmin()).token);
  });
  beforeEach(async () => {
    person = await talegraph.factory.newReader();
    reader = talegraph.client.as(person.token);
  });
  afterAll(() => talegraph.close());

  const achievements = async (of: GraphqlClient = reader) => {
    await talegraph.counted();
    return (await of.get(ACHIEVEMENTS)).achievements;
  };
  const keys = async (of: GraphqlClient = reader): Promise<string[]> =>
    (await achievements(of)).earned.nodes.map(({ achievement }: any) => achievement.key).sort();
  const correct = (input: object) =>
    admin.get(
      `mutation ($userId: ID!, $input: UpdateUserStatsInput!) { updateUserStats(userId: $userId, input: $input) { xp } }`,
      { userId: person.id, input: { reason: 'Test', ...input } },
    );
  const rebuild = () => talegraph.app.get(FactCounter).rebuild(() => undefined);

  it('are told with how far one has come before they are earned, but for the secret ones', async () => {
    const before = await achievements();
    expect(before.earned).toEqual({ totalCount: 0, nodes: [] });
    expect(before.open).toContainEqual({
      progress: 0,
      threshold: 100,
      achievement: { key: 'choices-100', isSecret: false },
    });
    expect(before.open.filter(({ achievement }: any) => achievement.isSecret)).toEqual([]);
    await play(reader, fork, ['start', 'left']);
    const { open } = await achievements();
    const progress = Object.fromEntries(
      open.map((each: any) => [each.achievement.key, each.progress]),
    );
    expect(progress).toMatchObject({
      'choices-100': 1,
      'endings-10': 1,
      'categories-3': 1,
      'sessions-10': 1,
      'streak-3': 1,
      'mastered-1': 0,
      'published-1': 0,
    });
    expect(progress).not.toHaveProperty('first-choice');
  });

  it('are earned once, with where and when, and bring experience', async () => {
    const begun = Date.now();
    await play(reader, fork, ['start', 'left']);
    await play(reader, fork, ['start', 'left']);
    const { earned } = await achievements();
    expect(earned.totalCount).toBe(2);
    expect(earned.nodes).toContainEqual({
      earnedAt: expect.any(String),
      story: { id: fork.id },
      achievement: {
        key: 'first-story',
        name: 'The end',
        description: 'Finish a story.',
        icon: '📖',
        tier: 'BRONZE',
        points: 10,
        isSecret: false,
      },
    });
    for (const { earnedAt } of earned.nodes) {
      expect(new Date(earnedAt).getTime()).toBeGreaterThan(begun - 2000);
      expect(new Date(earnedAt).getTime()).toBeLessThan(Date.now() + 2000);
    }
    await play(reader, fork, ['start', 'right']);
    expect(await keys()).toEqual(['first-choice', 'first-story', 'mastered-1']);
  });

  it('that are secret are told once they are earned', async () => {
    await correct({ totalChoicesMade: 300 });
    const { earned } = await achievements();
    expect(
      earned.nodes.map(({ achievement }: any) => [achievement.key, achievement.isSecret]).sort(),
    ).toEqual([
      ['choices-100', false],
      ['day-300', true],
      ['first-choice', false],
    ]);
    expect(earned.nodes.map(({ story }: any) => story)).toEqual([null, null, null]);
  });

  it('stay earned, whatever is corrected and counted anew', async () => {
    await correct({ totalChoicesMade: 100 });
    await correct({ totalChoicesMade: -100 });
    expect(await keys()).toEqual(['choices-100', 'first-choice']);
    const counted = await countedTables(talegraph.database);
    await rebuild();
    expect(await countedTables(talegraph.database)).toEqual(counted);
  });

  it('of authors come of publishing, and of readers', async () => {
    const writer = await talegraph.factory.newAuthor();
    const client = talegraph.client.as(writer.token);
    const story = await talegraph.factory.newStory(writer, { published: false });
    expect(await keys(client)).toEqual([]);
    await new Author(talegraph.client, writer, story).publish();
    expect(await keys(client)).toEqual(['published-1']);
    await play(client, story, ['start']);
    expect(await keys(client)).toEqual(['published-1']);
    await play(reader, story, ['start']);
    expect(await keys(client)).toEqual(['published-1', 'readers-1']);
    await talegraph.client
      .as(writer.token)
      .get(`mutation ($id: ID!) { unpublishStory(id: $id) { id } }`, {
        id: story.id,
      });
    await play(client, fork, ['start', 'left']);
    expect(await keys(client)).toContain('published-1');
  });

  it('are awarded for what was played before there were any, by counting anew', async () => {
    await play(reader, fork, ['start', 'left']);
    await talegraph.counted();
    const counted = await countedTables(talegraph.database);
    await talegraph.database.query('DELETE FROM user_achievements WHERE progress_id IS NOT NULL');
    await rebuild();
    expect(await countedTables(talegraph.database)).toEqual(counted);
  });

  it('lose their story when it is not published any more', async () => {
    const story = await talegraph.factory.newStory(author);
    await play(reader, story, ['start', 'end']);
    await talegraph.counted();
    await new Author(talegraph.client, author, story).unpublish();
    const { earned } = await achievements();
    expect(earned.nodes.map(({ story: where }: any) => where)).toEqual([null, null]);
  });

  describe('of a choice that comes to an ending', () => {
    const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
      isEnding events { type name text icon points }
    } }`;
    const make = async (progressId: string, step: number, from: string, to: string) => {
      const input = {
        ...{ progressId, step, currentNodeId: fork.node(from), choiceId: fork.choice(from, to) },
      };
      const { makeChoice } = await reader.get(CHOOSE, { input });
      return makeChoice.events.filter(({ type }: any) => type === 'ACHIEVEMENT_EARNED');
    };

    it('are told at once, and the same when it is sent again', async () => {
      const progressId = await play(reader, fork, ['start']);
      const earned = await make(progressId, 0, 'start', 'left');
      expect(earned).toContainEqual({
        ...{
          type: 'ACHIEVEMENT_EARNED',
          name: 'first-story',
          text: 'The end',
          icon: '📖',
          points: 10,
        },
      });
      expect(earned).toHaveLength(2);
      const second = await play(reader, fork, ['start']);
      expect(await make(second, 0, 'start', 'right')).toMatchObject([{ name: 'mastered-1' }]);
      await talegraph.counted();
      expect(await make(progressId, 0, 'start', 'left')).toEqual(earned);
      expect(await make(second, 0, 'start', 'right')).toHaveLength(1);
      const third = await play(reader, fork, ['start']);
      expect(await make(third, 0, 'start', 'left')).toEqual([]);
    });

    it('are told to each of many who come to one at once', async () => {
      const told = await Promise.all(
        Array.from({ length: 12 }, async () => {
          const client = talegraph.client.as((await talegraph.factory.newReader()).token);
          const progressId = await play(client, fork, ['start']);
          const input = {
            ...{ progressId, step: 0 },
            ...{ currentNodeId: fork.node('start'), choiceId: fork.choice('start', 'left') },
          };
          return (await client.get(CHOOSE, { input })).makeChoice.events;
        }),
      );
      for (const events of told)
        expect(events.filter(({ type }: any) => type === 'ACHIEVEMENT_EARNED')).toHaveLength(2);
    });

    it('are not waited for while everything is counted anew', async () => {
      const progressId = await play(reader, fork, ['start']);
      const runner = talegraph.database.createQueryRunner();
      await runner.startTransaction();
      await runner.query('LOCK TABLE counting IN SHARE ROW EXCLUSIVE MODE');
      expect(await make(progressId, 0, 'start', 'left')).toEqual([]);
      await runner.rollbackTransaction();
      await runner.release();
      expect(await keys()).toEqual(['first-choice', 'first-story']);
    });
  });
});
