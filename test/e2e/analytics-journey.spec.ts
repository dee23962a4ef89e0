import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import type { MadeStory, Person } from '../support/factory.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { play } from '../support/playing.js';

const ANALYTICS = `query ($id: ID!) { storyAnalytics(storyId: $id) {
  figures { readers starts finishes completionRate withheld }
  nodes(first: 10) { nodes { key arrivals dropOff choices { letter made share } } }
  endings { key finishes share }
} }`;
const CSV = `query ($id: ID!) { storyAnalyticsCsv(storyId: $id, table: CHOICES) { content } }`;
const SUGGEST = `query ($id: ID!) { suggestChoices(storyId: $id) { reason nodeKey arrivals share } }`;
const SHOW = `mutation ($id: ID!) { showChoiceShares(storyId: $id, show: true) { id } }`;
const START = `mutation ($id: ID!) { startStory(storyId: $id) { id } }`;
const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { choiceShares { choiceId share } } }`;

/** What an author gets to know of their readers, and readers of each other. */
describe('the journey of an author who looks at the readers', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Person;
  let other: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor('author');
    other = await talegraph.factory.newAuthor('other');
    const nodes = { start: ['left', 'right'], left: ['good'], right: ['bad'], good: [], bad: [] };
    story = await talegraph.factory.newStory(author, { nodes });
  });
  afterAll(() => talegraph.close());

  const as = ({ token }: Person) => talegraph.client.as(token);

  async function read(count: number, ...way: string[]): Promise<void> {
    for (let i = 0; i < count; i++)
      await play(as(await talegraph.factory.newReader()), story, ['start', ...way]);
  }

  async function told(client: GraphqlClient) {
    await talegraph.counted();
    return (await client.get(ANALYTICS, { id: story.id })).storyAnalytics;
  }

  /** What one more reader, who goes left, is told about how others chose. */
  async function sharesTold() {
    const reader = as(await talegraph.factory.newReader());
    const { startStory } = await reader.get(START, { id: story.id });
    const input = {
      ...{ progressId: startStory.id, step: 0, currentNodeId: story.node('start') },
      choiceId: story.choice('start', 'left'),
    };
    return (await reader.get(CHOOSE, { input })).makeChoice.choiceShares;
  }

  it('is told nothing of a few, what was played of many, and alone with those who work on the story', async () => {
    await read(4, 'left', 'good');
    expect(await told(as(author))).toMatchObject({
      figures: { readers: null, starts: null, finishes: null, withheld: 'FEW_READERS' },
    });

    await read(10, 'left', 'good');
    await read(5, 'right', 'bad');
    await read(5, 'right');
    const seen = await told(as(author));
    expect(seen.figures).toEqual({
      ...{ readers: 24, starts: 24, finishes: 19, completionRate: 19 / 24, withheld: null },
    });
    const node = (key: string) => seen.nodes.nodes.find((each: any) => each.key === key);
    expect(node('start')).toEqual({
      ...{ key: 'start', arrivals: 24, dropOff: 0 },
      choices: [
        { letter: 'A', made: 14, share: 14 / 24 },
        { letter: 'B', made: 10, share: 10 / 24 },
      ],
    });
    expect(node('right')).toMatchObject({ arrivals: 10, dropOff: 5 });
    expect(seen.endings).toEqual([
      { key: 'good', finishes: 14, share: 14 / 19 },
      { key: 'bad', finishes: 5, share: 5 / 19 },
    ]);

    // The file tells the same, and the advice follows from it.
    const { content } = (await as(author).get(CSV, { id: story.id })).storyAnalyticsCsv;
    expect(content).toContain(
      `start,${story.choice('start', 'left')},A,Go to left,14,14,${14 / 24},`,
    );
    expect(content).toContain(
      `start,${story.choice('start', 'right')},B,Go to right,10,10,${10 / 24},`,
    );
    const { suggestChoices } = await as(author).get(SUGGEST, { id: story.id });
    expect(suggestChoices.map(({ reason }: any) => reason)).not.toContain('HIGH_DROP_OFF');
    await read(10, 'right');
    await talegraph.counted();
    expect((await as(author).get(SUGGEST, { id: story.id })).suggestChoices).toContainEqual({
      ...{ reason: 'HIGH_DROP_OFF', nodeKey: 'right', arrivals: 20, share: 0.75 },
    });

    // Nobody else is told, an author of other stories as little as a reader.
    for (const question of [ANALYTICS, CSV, SUGGEST])
      expect((await as(other).fail(question, { id: story.id })).extensions.code).toBe('FORBIDDEN');
    expect((await as(other).fail(SHOW, { id: story.id })).extensions.code).toBe('FORBIDDEN');

    // Readers are told how others chose once the author allows it, after they have chosen.
    expect(await sharesTold()).toBeNull();
    await as(author).get(SHOW, { id: story.id });
    await talegraph.counted();
    expect(await sharesTold()).toEqual([
      { choiceId: story.choice('start', 'left'), share: 0.43 },
      { choiceId: story.choice('start', 'right'), share: 0.57 },
    ]);
  });
});
