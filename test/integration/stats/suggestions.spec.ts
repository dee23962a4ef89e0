import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { LanguageModel, type Behaviour } from '../../support/language-model.js';
import { play } from '../../support/playing.js';

const SUGGEST = `query ($id: ID!, $texts: Int) { suggestChoices(storyId: $id, texts: $texts) {
  reason nodeId nodeKey choiceId message proposal run arrivals share text } }`;

const GRAPH = {
  start: ['hall', 'attic', 'cellar'],
  hall: ['stairs'],
  stairs: ['landing'],
  landing: ['door'],
  door: ['end', 'start'],
  attic: ['end', 'roof'],
  roof: ['end', 'door'],
  cellar: ['end', 'start'],
  end: [],
};

describe('suggestChoices', () => {
  let talegraph: TestApp;
  let model: LanguageModel;
  let owner: Person;
  let author: Author;
  let story: MadeStory;
  beforeAll(async () => {
    model = await LanguageModel.start();
    Object.assign(process.env, {
      ...{
        SUGGESTIONS_URL: `${model.url}/`,
        SUGGESTIONS_KEY: 'a key',
        SUGGESTIONS_MODEL: 'a model',
      },
      SUGGESTIONS_TIMEOUT_SECONDS: '0.5',
    });
    talegraph = await startApp();
    owner = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(owner, { nodes: GRAPH });
    author = new Author(talegraph.client, owner, story);
    const readers = await Promise.all(
      Array.from({ length: 6 }, () => talegraph.factory.newReader()),
    );
    // Each of six goes down the hall four times; in the attic four of eight readings are broken off; nobody looks below.
    await Promise.all(
      readers.map(async ({ token }) => {
        const reader = talegraph.client.as(token);
        for (let i = 0; i < 4; i++)
          await play(reader, story, ['start', 'hall', 'stairs', 'landing', 'door', 'end']);
        for (let i = 0; i < 4; i++)
          await play(reader, story, ['start', 'attic', ...(i % 2 === 0 ? [] : ['end'])]);
      }),
    );
    await talegraph.counted();
  });
  afterAll(async () => {
    await talegraph.close();
    await model.close();
  });
  afterEach(() => {
    model.behaviour = 'answers';
    model.asked.length = 0;
  });

  const suggestions = async (texts?: number): Promise<any[]> =>
    (await author.client.get(SUGGEST, { id: story.id, texts })).suggestChoices;

  it('finds where readers stop, what they leave aside, and rows without a choice, with figures', async () => {
    const found = await suggestions();
    const [told] = found;
    expect(told).toEqual({
      reason: 'HIGH_DROP_OFF',
      ...{ nodeId: story.node('attic'), nodeKey: 'attic', choiceId: null },
      message: '50 % of 24 arrivals at attic went no further.',
      proposal: expect.stringContaining('another way on'),
      ...{ run: null, arrivals: 24, share: 0.5, text: null },
    });
    expect(found.slice(1).map(({ proposal }) => typeof proposal)).toEqual(Array(5).fill('string'));
    expect(found.slice(1)).toMatchObject([
      {
        reason: 'RARE_CHOICE',
        ...{ nodeId: story.node('start'), nodeKey: 'start' },
        choiceId: story.choice('start', 'cellar'),
        message: 'Choice C of start was made 0 times of 48.',
        ...{ run: null, arrivals: 48, share: 0 },
      },
      {
        reason: 'RARE_CHOICE',
        ...{ nodeId: story.node('door'), nodeKey: 'door' },
        choiceId: story.choice('door', 'start'),
        message: 'Choice B of door was made 0 times of 24.',
        ...{ run: null, arrivals: 24, share: 0 },
      },
      {
        reason: 'SINGLE_EXITS',
        ...{ nodeId: story.node('stairs'), nodeKey: 'stairs', choiceId: null },
        message: 'From hall to landing, 3 nodes in a row have a single way on.',
        ...{ run: 3, arrivals: null, share: null },
      },
      ...['roof', 'cellar'].map((key) => ({
        reason: 'NEVER_VISITED',
        ...{ nodeId: story.node(key), nodeKey: key, choiceId: null },
        message: `No reader has come to ${key}, though choices lead there.`,
        ...{ run: null, arrivals: 0, share: null },
      })),
    ]);
    expect(model.asked).toEqual([]);
  });

  it('has nothing but the structure to go by before anybody reads', async () => {
    const draft = await talegraph.factory.newStory(owner, { nodes: GRAPH, published: false });
    const { suggestChoices } = await author.client.get(SUGGEST, { id: draft.id });
    expect(suggestChoices.map(({ reason, nodeKey }: any) => [reason, nodeKey])).toEqual([
      ['SINGLE_EXITS', 'stairs'],
    ]);
  });

  it('has the model propose a choice for as many places as are asked for, and tells it of no reader', async () => {
    const found = await suggestions(2);
    expect(found.map(({ text }) => text).slice(0, 3)).toEqual([
      'Knock at the door.',
      'Knock at the door.',
      null,
    ]);
    expect(model.asked).toHaveLength(2);
    const [{ path, authorization, body }] = model.asked as any;
    expect({ path, authorization }).toEqual({
      ...{ path: '/v1/chat/completions', authorization: 'Bearer a key' },
    });
    expect(body).toMatchObject({ model: 'a model', max_tokens: 200 });
    expect(JSON.parse(body.messages[1].content)).toEqual({
      ...{ title: 'Title of attic', text: 'Text of *attic*.' },
      choices: ['Go to end', 'Go to roof'],
    });
  });

  it.each<[Behaviour, string]>([
    ['keeps silent', 'took too long'],
    ['fails', 'did not answer as it should'],
    ['talks too much', 'did not answer as it should'],
    ['answers nonsense', 'did not answer as it should'],
    ['points elsewhere', 'did not answer as it should'],
  ])('says so when the model %s', async (behaviour, why) => {
    model.behaviour = behaviour;
    const { message, extensions } = await author.client.fail(SUGGEST, { id: story.id, texts: 1 });
    expect(extensions).toEqual({ code: 'SUGGESTIONS_FAILED' });
    expect(message).toBe(
      `No text could be proposed: the model ${why}. Ask with texts: 0, or again later.`,
    );
    expect((await suggestions()).length).toBeGreaterThan(0);
  });

  it('refuses more texts than it writes, and others than those who work on the story', async () => {
    const { extensions } = await author.client.fail(SUGGEST, { id: story.id, texts: 6 });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'texts' }] });
    const other = talegraph.client.as((await talegraph.factory.newReader()).token);
    const refused = await other.fail(SUGGEST, { id: story.id, texts: 1 });
    expect(refused.extensions).toEqual({ code: 'FORBIDDEN' });
    expect(model.asked).toEqual([]);
  });
});

describe('suggestChoices without a language model', () => {
  it('refuses texts, and tells of places all the same', async () => {
    // A blank variable counts as one that is not set.
    Object.assign(process.env, { SUGGESTIONS_URL: '', SUGGESTIONS_TIMEOUT_SECONDS: '' });
    const talegraph = await startApp();
    const owner = await talegraph.factory.newAuthor();
    const story = await talegraph.factory.newStory(owner, { nodes: GRAPH, published: false });
    const client = talegraph.client.as(owner.token);
    const { extensions } = await client.fail(SUGGEST, { id: story.id, texts: 1 });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'texts' }] });
    expect((await client.get(SUGGEST, { id: story.id })).suggestChoices).toHaveLength(1);
    await talegraph.close();
  });
});
