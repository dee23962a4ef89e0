import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { countedTables } from '../../support/counted-tables.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { play } from '../../support/playing.js';

const OF_STORY = `query ($id: ID!) { story(id: $id) { achievements { key name description isSecret earnedAt } } }`;

const EARNED = `{ achievements { earned(first: 50) { nodes {
  story { id } achievement { key name description icon tier points isSecret }
} } } userStats { xp } }`;

const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
  events { type name text icon points }
} }`;

describe('achievements that the author of a story gives', () => {
  let talegraph: TestApp;
  let author: Person;
  let writer: Author;
  let cave: MadeStory;
  let reader: GraphqlClient;
  const artifacts = ['coin', 'lamp'].map((key) => ({ key, name: `A ${key}` }));
  const endings = ['rich', 'poor'].map((key) => ({ key, name: key }));
  const hoard = {
    key: 'hoard',
    name: 'Hoard',
    description: 'Find all.',
    artifacts: ['coin', 'lamp'],
  };
  const both = { key: 'both', name: 'Two lives', secret: true, endings: ['rich', 'poor'] };
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor();
  });
  beforeEach(async () => {
    cave = await talegraph.factory.newStory(author, {
      nodes: { start: ['hall', 'poor'], hall: ['rich', 'start'], rich: [], poor: [] },
      published: false,
    });
    writer = new Author(talegraph.client, author, cave);
    await writer.define({ artifacts, endings, achievements: [hoard, both] });
    const award = (key: string) => ({ effects: [{ op: 'AWARD', target: key }] });
    await writer.updateNode('start', award('coin'));
    await writer.updateNode('hall', award('lamp'));
    for (const key of ['rich', 'poor']) await writer.updateNode(key, { ending: key });
    await writer.publish();
    reader = talegraph.client.as((await talegraph.factory.newReader()).token);
  });
  afterAll(() => talegraph.close());

  const told = async (of: GraphqlClient = reader) =>
    (await of.get(OF_STORY, { id: cave.id })).story.achievements;
  const given = async (of: GraphqlClient = reader) => {
    await talegraph.counted();
    const { achievements } = await of.get(EARNED);
    return achievements.earned.nodes.flatMap(({ story, achievement }: any) =>
      achievement.tier === null ? [{ story: story?.id ?? null, ...achievement }] : [],
    );
  };
  const make = async (progressId: string, step: number, from: string, to: string) => {
    const places = { currentNodeId: cave.node(from), choiceId: cave.choice(from, to) };
    const { makeChoice } = await reader.get(CHOOSE, { input: { progressId, step, ...places } });
    return makeChoice.events.filter(
      ({ type, points }: any) => type === 'ACHIEVEMENT_EARNED' && points === 0,
    );
  };

  it('are told with the story, but for the secret ones', async () => {
    const open = { key: 'hoard', name: 'Hoard', description: 'Find all.', isSecret: false };
    expect(await told()).toEqual([{ ...open, earnedAt: null }]);
    expect(await told(talegraph.client)).toEqual([{ ...open, earnedAt: null }]);
    await play(reader, cave, ['start', 'hall']);
    expect(await told()).toEqual([{ ...open, earnedAt: expect.any(String) }]);
    const other = talegraph.client.as((await talegraph.factory.newReader()).token);
    expect(await told(other)).toEqual([{ ...open, earnedAt: null }]);
    await writer.unpublish();
    expect((await talegraph.client.as(author.token).get(OF_STORY, { id: cave.id })).story).toEqual({
      achievements: [],
    });
  });

  it('are told at once by the choice that collects the last of it, without an ending, and again', async () => {
    const progressId = await play(reader, cave, ['start']);
    const earned = await make(progressId, 0, 'start', 'hall');
    expect(earned).toEqual([
      { type: 'ACHIEVEMENT_EARNED', name: 'hoard', text: 'Hoard', icon: '🏅', points: 0 },
    ]);
    await talegraph.counted();
    expect(await make(progressId, 0, 'start', 'hall')).toEqual(earned);
    const second = await play(reader, cave, ['start']);
    expect(await make(second, 0, 'start', 'hall')).toEqual([]);
  });

  it('come of several playthroughs, once, and bring no experience', async () => {
    await play(reader, cave, ['start', 'poor']);
    expect(await given()).toEqual([]);
    const progressId = await play(reader, cave, ['start', 'hall']);
    expect(await make(progressId, 1, 'hall', 'rich')).toMatchObject([{ name: 'both' }]);
    await play(reader, cave, ['start', 'poor']);
    const common = { story: cave.id, icon: '🏅', tier: null, points: 0 };
    expect(await given()).toEqual([
      { ...common, key: 'both', name: 'Two lives', description: '', isSecret: true },
      { ...common, key: 'hoard', name: 'Hoard', description: 'Find all.', isSecret: false },
    ]);
    expect((await told()).map(({ key }: any) => key)).toEqual(['hoard', 'both']);
    // The same ways through a story that gives nothing: without the platform’s own for a first artifact.
    const plain = await talegraph.factory.newStory(author, {
      nodes: { start: ['hall', 'poor'], hall: ['rich', 'start'], rich: [], poor: [] },
    });
    const other = talegraph.client.as((await talegraph.factory.newReader()).token);
    for (const way of [
      ['start', 'poor'],
      ['start', 'hall', 'rich'],
      ['start', 'poor'],
    ])
      await play(other, plain, way);
    await talegraph.counted();
    const xp = async (of: GraphqlClient): Promise<number> => (await of.get(EARNED)).userStats.xp;
    expect(await xp(reader)).toBe((await xp(other)) + 10);
  });

  it('of a later version are earned by what was collected before, as soon as more is', async () => {
    await play(reader, cave, ['start', 'poor']);
    const early = { key: 'early', name: 'Early', artifacts: ['coin'] };
    await writer.define({ artifacts, endings, achievements: [hoard, early] });
    await writer.publish();
    expect(await given()).toEqual([]);
    const progressId = await play(reader, cave, ['start']);
    await make(progressId, 0, 'start', 'hall');
    expect((await given()).map(({ key }: any) => key).sort()).toEqual(['early', 'hoard']);
    await writer.define({ artifacts, endings });
    await writer.publish();
    expect((await given()).map(({ name }: any) => name).sort()).toEqual(['Early', 'Hoard']);
    expect(await told()).toEqual([]);
  });

  it('are the same when everything is counted anew, and come back where they are missing', async () => {
    await play(reader, cave, ['start', 'poor']);
    await play(reader, cave, ['start', 'hall', 'rich']);
    await talegraph.counted();
    const counted = await countedTables(talegraph.database);
    const rebuild = () => talegraph.app.get(FactCounter).rebuild(() => undefined);
    await rebuild();
    expect(await countedTables(talegraph.database)).toEqual(counted);
    await talegraph.database.query('DELETE FROM user_achievements WHERE story_id IS NOT NULL');
    expect(await given()).toEqual([]);
    await rebuild();
    expect((await given()).map(({ key }: any) => key).sort()).toEqual(['both', 'hoard']);
  });

  it('are refused with all that is wrong of them, and nothing changes', async () => {
    const client = talegraph.client.as(author.token);
    const before = await fingerprint(talegraph.database);
    const { story } = await client.get(`query ($id: ID!) { story(id: $id) { revision } }`, {
      id: cave.id,
    });
    const { extensions } = await client.fail(
      `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) {
        defineStory(storyId: $id, revision: $revision, input: $input) { id } }`,
      {
        ...{ id: cave.id, revision: story.revision },
        input: {
          artifacts,
          achievements: [
            { ...hoard, artifacts: ['coin', 'crown'] },
            { key: 'hoard', name: 'Again', artifacts: ['lamp', 'lamp'] },
            { key: 'none', name: 'None' },
          ],
        },
      },
    );
    expect(extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: expect.arrayContaining([
        { path: 'input.achievements.1.key', message: 'hoard is there twice' },
        {
          path: 'input.achievements.0.artifacts.1',
          message: 'crown is not declared among artifacts',
        },
        { path: 'input.achievements.1.artifacts.1', message: 'lamp is there twice' },
        {
          path: 'input.achievements.2.artifacts',
          message: 'must name an artifact or an ending',
        },
      ]),
    });
    expect(extensions.fields).toHaveLength(4);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
