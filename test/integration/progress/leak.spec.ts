import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import {
  MAKE_CHOICE,
  Player,
  SAVE_PROGRESS,
  START_STORY,
  storedPlays,
} from '../../support/player.js';

/** Stands nowhere but in the draft. */
const MARKER = 'quillwort';

const NODE = `id key title content contentHtml type isStart isEnding endingKind
  choices { id letter text consequences
    toNode { id key title content contentHtml choices { id text consequences toNode { id key title content } } } }`;
const DRAFT_NODE = `id key title content choices { id text consequences toNode { id key title content } }`;
const STORY = `id slug title description tags category publishedVersion { id number note contentHash }
  startNode { ${NODE} }
  draft {
    startNode { ${DRAFT_NODE} } nodes(first: 20) { totalCount nodes { ${DRAFT_NODE} } }
    choices(first: 20) { nodes { id text consequences fromNode { title } toNode { title content } } }
  }`;
const PROGRESS = `id story { ${STORY} } version { id number note } currentNode { ${NODE} }
  choicesMade { totalCount nodes { step nodeId choiceId } }`;

const QUERIES = {
  story: `query ($id: ID!) { story(id: $id) { ${STORY} } }`,
  storyBySlug: `query ($slug: String!) { story(slug: $slug) { ${STORY} } }`,
  storyNodes: `query ($id: ID!) { story(id: $id) { nodes(first: 20) { totalCount nodes { ${NODE} } } } }`,
  stories: `{ stories(first: 10) { totalCount nodes { ${STORY} } } }`,
  search: `query ($query: String!) { stories(filter: { query: $query }) { totalCount nodes { id title } } }`,
  categories: `{ storyCategories { name storyCount } }`,
  storyNode: `query ($id: ID!) { storyNode(id: $id) { ${NODE} } }`,
  storyProgress: `query ($id: ID!) { storyProgress(storyId: $id) { ${PROGRESS} } }`,
  progress: `{ progress(first: 5) { totalCount nodes { ${PROGRESS} } } }`,
  userStats: `{ userStats { storiesStarted favoriteCategory } }`,
  leaderboard: `{ leaderboard { nodes { rank value user { username } } } }`,
  draftStories: `{ draftStories { totalCount nodes { id title description } } }`,
  validateStory: `query ($id: ID!) { validateStory(storyId: $id) { findings { message nodeKey } } }`,
  storyFlow: `query ($id: ID!, $format: FlowFormat!) { storyFlow(storyId: $id, format: $format) { content nodeCount } }`,
};

describe('an unpublished draft', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A published story whose draft has the marker in every place that an author can write in. */
  async function newStory({ spoilerGuard = false } = {}) {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const story = await factory.newStory(person, {
      spoilerGuard,
      nodes: { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] },
    });
    const author = new Author(client, person, story);
    const before = new Player(client, await factory.newReader(), story);
    await before.start();
    const newNode = await author.addNode({
      key: `${MARKER}-1`,
      title: `New ${MARKER}`,
      content: `A new *${MARKER}*.`,
      type: 'ENDING',
      endingKind: 'SECRET',
    });
    const newChoice = await author.addChoice('left', {
      text: `Take the ${MARKER}`,
      toNodeId: newNode,
      consequences: `You have the ${MARKER}.`,
    });
    await author.updateChoice('start', 'left', {
      text: `To the ${MARKER}`,
      consequences: `You go to the ${MARKER}.`,
    });
    for (const key of ['start', 'left', 'end']) {
      await author.updateNode(key, { title: `The ${MARKER}`, content: `Of *${MARKER}*.` });
    }
    await author.updateNode('right', { key: `${MARKER}-2` });
    return { story, person, author, before, newNode, newChoice };
  }

  type Planted = Awaited<ReturnType<typeof newStory>>;

  /** Everything that a reader may ask, each answer with its errors, as text. */
  async function answers(client: GraphqlClient, { story, newNode, newChoice }: Planted) {
    const texts: Record<string, string> = {};
    const ask = async (name: string, query: string, variables: object = {}) => {
      texts[name] = JSON.stringify(await client.send(query, variables));
      // The question itself must be sound, or its answer shows nothing for the wrong reason.
      expect(texts[name]).not.toMatch(/GRAPHQL_VALIDATION_FAILED|QUERY_TOO_COMPLEX|INTERNAL_/);
    };
    const { id, slug } = story;
    for (const [name, query] of Object.entries(QUERIES)) {
      if (['storyNode', 'storyFlow'].includes(name)) continue;
      await ask(name, query, { id, slug, query: MARKER });
    }
    for (const format of ['JSON', 'MERMAID', 'DOT']) {
      await ask(`storyFlow ${format}`, QUERIES.storyFlow, { id, format });
    }
    for (const key of ['start', 'left', 'right', 'end']) {
      await ask(`storyNode ${key}`, QUERIES.storyNode, { id: story.node(key) });
    }
    await ask('storyNode new', QUERIES.storyNode, { id: newNode });
    const [start, left] = [story.node('start'), story.node('left')];
    const toLeft = { nodeId: start, choiceId: story.choice('start', 'left') };
    const byNewChoice = { nodeId: left, choiceId: newChoice };
    await ask('startStory', START_STORY, { storyId: id });
    const made = { storyId: id, step: 0, currentNodeId: start, choiceId: toLeft.choiceId };
    await ask('makeChoice', MAKE_CHOICE, { input: made });
    await ask('makeChoice again', MAKE_CHOICE, { input: made });
    await ask('makeChoice new', MAKE_CHOICE, {
      input: { storyId: id, step: 1, currentNodeId: left, choiceId: newChoice },
    });
    await ask('saveProgress new', SAVE_PROGRESS, {
      input: { storyId: id, choicesMade: [toLeft, byNewChoice] },
    });
    await ask('saveProgress', SAVE_PROGRESS, {
      input: {
        storyId: id,
        choicesMade: [toLeft, { nodeId: left, choiceId: story.choice('left', 'end') }],
      },
    });
    await ask('storyProgress then', QUERIES.storyProgress, { id });
    await ask('progress then', QUERIES.progress);
    return texts;
  }

  const withMarker = (texts: Readonly<Record<string, string>>) =>
    Object.keys(texts).filter((name) => texts[name]!.toLowerCase().includes(MARKER));

  async function clientsOf({ before }: Planted): Promise<[who: string, client: GraphqlClient][]> {
    const { factory, client } = talegraph;
    const as = ({ token }: Person) => client.as(token);
    return [
      ['the anonymous', client],
      ['a guest', as(await factory.newGuest())],
      ['a new reader', as(await factory.newReader())],
      ['a reader who has begun', before.client],
      ['an author of other stories', as(await factory.newAuthor())],
    ];
  }

  it('shows in no answer to any reader', async () => {
    const planted = await newStory();
    for (const [who, client] of await clientsOf(planted)) {
      expect([who, withMarker(await answers(client, planted))]).toEqual([who, []]);
    }
  });

  it('shows in no answer under spoiler guard either', async () => {
    const planted = await newStory({ spoilerGuard: true });
    for (const [who, client] of await clientsOf(planted)) {
      expect([who, withMarker(await answers(client, planted))]).toEqual([who, []]);
    }
  });

  it('shows in no answer once the story is unpublished, nor once it is deleted', async () => {
    const planted = await newStory();
    const clients = await clientsOf(planted);
    await planted.author.unpublish();
    for (const [who, client] of clients) {
      expect([who, withMarker(await answers(client, planted))]).toEqual([who, []]);
    }
    await planted.author.deleteStory();
    for (const [who, client] of clients) {
      expect([who, withMarker(await answers(client, planted))]).toEqual([who, []]);
    }
  });

  it('of a story that was never published shows nowhere at all, its title included', async () => {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const story: MadeStory = await factory.newStory(person, {
      published: false,
      title: `The ${MARKER}`,
      description: `All about a ${MARKER}.`,
      tags: [MARKER],
      category: MARKER,
      slug: `the-${MARKER}`,
      nodes: { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] },
    });
    const planted: Planted = {
      story,
      person,
      author: new Author(client, person, story),
      before: new Player(client, await factory.newReader(), story),
      newNode: story.node('end'),
      newChoice: story.choice('left', 'end'),
    };
    for (const [who, reader] of await clientsOf(planted)) {
      expect([who, withMarker(await answers(reader, planted))]).toEqual([who, []]);
    }
    const { playthroughs } = await storedPlays(talegraph.database);
    expect(playthroughs.filter((row) => row.story_id === story.storyId)).toEqual([]);
  });

  it('is not what a search looks in', async () => {
    await newStory();
    const { factory, client } = talegraph;
    for (const reader of [client, client.as((await factory.newReader()).token)]) {
      expect(await reader.get(QUERIES.search, { query: MARKER })).toEqual({
        stories: { totalCount: 0, nodes: [] },
      });
    }
  });

  it('shows to its author, and to readers once it is published: the same questions find it then', async () => {
    const { factory, client } = talegraph;
    const planted = await newStory();
    const own = withMarker(await answers(client.as(planted.person.token), planted));
    expect(own).toEqual(
      expect.arrayContaining(['story', 'storyBySlug', 'storyFlow JSON', 'storyFlow DOT']),
    );
    await planted.author.publish();
    const reader = client.as((await factory.newReader()).token);
    expect(withMarker(await answers(reader, planted))).toEqual(
      expect.arrayContaining([
        'story',
        'storyBySlug',
        'storyNodes',
        'stories',
        'storyNode start',
        'storyNode left',
        'storyNode right',
        'storyNode end',
        'storyNode new',
        'startStory',
        'makeChoice',
        'makeChoice again',
        'makeChoice new',
        'saveProgress new',
        'storyProgress then',
        'progress then',
      ]),
    );
  });
});
