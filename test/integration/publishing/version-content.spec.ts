import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory, Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { Playthrough } from '../../support/playthrough.js';

const CHOICE = `id letter text consequences toNodeId toNodeKey condition lockedText check
  effects { op target value } puzzle { kind answers attempts hints } failToNodeId failToNodeKey afterSeconds`;
const NODE = `id key title content type isStart isEnding endingKind ending
  effects { op target value } image { url } audio { url } choices { ${CHOICE} }`;
const SCHEMA = `schema { allowUndo
  variables { name type initial max shown } items { key name } stats { key initial }
  protagonists { key startNodeId variables { name value } } artifacts { key } endings { key name } }`;

const CONTENT = `query ($id: ID!) { storyVersion(id: $id) {
  number content { ${SCHEMA} nodes(first: 20) { totalCount nodes { ${NODE} } } } } }`;
const ONE_NODE = `query ($id: ID!, $node: ID, $key: String) {
  storyVersion(id: $id) { content { node(id: $node, key: $key) { key title } } } }`;
const PAGE = `query ($id: ID!, $first: Int!, $after: String) { storyVersion(id: $id) {
  content { nodes(first: $first, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } } } } }`;
const VERSION = `query ($id: ID!) { story(id: $id) { publishedVersion { id } } }`;

/** Stands in what readers must not get: answers, hints, conditions, effects and texts behind them. */
const SECRET = 'quillwort';

describe('the content of a version', () => {
  let talegraph: TestApp;
  let person: Person;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['yard', 'vault', 'end'], yard: ['end'], vault: ['end'], end: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [{ name: SECRET, type: 'INT', initial: 3, max: 9 }],
      items: [{ key: 'lamp', name: 'Lamp' }],
      protagonists: [
        { key: 'keeper', name: 'Keeper', startNodeId: story.node('hall') },
        { key: 'thief', name: 'Thief', variables: [{ name: SECRET, value: 5 }] },
      ],
      endings: [{ key: 'rich', name: 'Rich' }],
    });
    await author.updateNode('hall', {
      content: `{% if ${SECRET} > 8 %}Much.{% else %}Little.{% endif %}`,
      effects: [{ op: 'GIVE', target: 'lamp' }],
    });
    await author.updateNode('end', { ending: 'rich', endingKind: 'SECRET' });
    await author.updateChoice('hall', 'yard', {
      condition: `${SECRET} > 0`,
      lockedText: 'Not yet.',
      effects: [{ op: 'ADD', target: SECRET, value: '1' }],
      check: `2d6 + ${SECRET} >= 7`,
      failToNodeId: story.node('end'),
    });
    await author.updateChoice('hall', 'vault', {
      puzzle: { kind: 'TEXT', answers: [`the ${SECRET}`], attempts: 2, hints: [`not ${SECRET}s`] },
      failToNodeId: story.node('end'),
    });
    await author.updateChoice('hall', 'end', { afterSeconds: 30 });
  });

  const published = async (): Promise<string> => {
    await author.publish({ publishAnyway: true });
    return (await author.client.get(VERSION, { id: story.id })).story.publishedVersion.id;
  };
  const content = async (id: string): Promise<any> =>
    (await author.client.get(CONTENT, { id })).storyVersion;

  const ENDING = {
    id: expect.stringMatching(/^nod_/) as unknown,
    key: 'end',
    title: 'Title of end',
    content: 'Text of *end*.',
    type: 'ENDING',
    isStart: false,
    isEnding: true,
    endingKind: 'SECRET',
    ending: 'rich',
    effects: [],
    image: null,
    audio: null,
    choices: [],
  };

  it('is told whole, with rules and answers', async () => {
    const { number, content: told } = await content(await published());
    expect(number).toBe(1);
    expect(told.schema).toEqual({
      allowUndo: false,
      variables: [{ name: SECRET, type: 'INT', initial: 3, max: 9, shown: false }],
      items: [{ key: 'lamp', name: 'Lamp' }],
      stats: [],
      protagonists: [
        { key: 'keeper', startNodeId: story.node('hall'), variables: [] },
        { key: 'thief', startNodeId: null, variables: [{ name: SECRET, value: 5 }] },
      ],
      artifacts: [],
      endings: [{ key: 'rich', name: 'Rich' }],
    });
    expect(told.nodes.totalCount).toBe(4);
    const [hall, yard, vault, end] = told.nodes.nodes;
    expect([yard.key, vault.key]).toEqual(['yard', 'vault']);
    expect(end).toEqual({ ...ENDING, id: story.node('end') });
    expect(hall).toMatchObject({
      id: story.node('hall'),
      content: `{% if ${SECRET} > 8 %}Much.{% else %}Little.{% endif %}`,
      type: 'CHOICE',
      isStart: true,
      isEnding: false,
      endingKind: null,
      ending: null,
      effects: [{ op: 'GIVE', target: 'lamp', value: null }],
    });
    const plain = {
      consequences: null,
      condition: null,
      lockedText: null,
      check: null,
      effects: [],
      puzzle: null,
      failToNodeId: null,
      failToNodeKey: null,
      afterSeconds: null,
    };
    const failing = { failToNodeId: story.node('end'), failToNodeKey: 'end' };
    expect(hall.choices).toEqual([
      {
        ...plain,
        ...failing,
        id: story.choice('hall', 'yard'),
        letter: 'A',
        text: 'Go to yard',
        consequences: 'You go to yard.',
        toNodeId: story.node('yard'),
        toNodeKey: 'yard',
        condition: `${SECRET} > 0`,
        lockedText: 'Not yet.',
        check: `2d6 + ${SECRET} >= 7`,
        effects: [{ op: 'ADD', target: SECRET, value: '1' }],
      },
      {
        ...plain,
        ...failing,
        id: story.choice('hall', 'vault'),
        letter: 'B',
        text: 'Go to vault',
        toNodeId: story.node('vault'),
        toNodeKey: 'vault',
        puzzle: {
          kind: 'TEXT',
          answers: [`the ${SECRET}`],
          attempts: 2,
          hints: [`not ${SECRET}s`],
        },
      },
      {
        ...plain,
        id: story.choice('hall', 'end'),
        letter: 'C',
        text: 'Go to end',
        toNodeId: story.node('end'),
        toNodeKey: 'end',
        afterSeconds: 30,
      },
    ]);
  });

  it('stays what it was, whatever becomes of the draft', async () => {
    const one = await published();
    const before = await content(one);
    await author.deleteChoice('hall', 'vault');
    await author.deleteNode('vault');
    await author.updateNode('hall', { key: 'porch', title: 'The Porch', content: 'Changed.' });
    await author.updateChoice('porch', 'yard', { condition: null, lockedText: null });
    await author.define({ variables: [{ name: SECRET, type: 'INT', initial: 4 }] });
    await author.updateNode('porch', { effects: [] });
    await author.updateNode('end', { ending: null });
    const two = await published();
    expect(await content(one)).toEqual(before);
    const { number, content: now } = await content(two);
    expect([number, now.schema.variables[0].initial]).toEqual([2, 4]);
    expect(now.nodes.nodes.map(({ key }: any) => key)).toEqual(['porch', 'yard', 'end']);
    expect(now.nodes.nodes[0].choices).toMatchObject([
      { toNodeKey: 'yard', condition: null },
      { toNodeKey: 'end', afterSeconds: 30 },
    ]);
  });

  it('is paged, by cursors of its own alone', async () => {
    const id = await published();
    const page = async (of: string, first: number, after?: string) =>
      (await author.client.get(PAGE, { id: of, first, after })).storyVersion.content.nodes;
    const first = await page(id, 3);
    expect(first).toMatchObject({
      nodes: [{ key: 'hall' }, { key: 'yard' }, { key: 'vault' }],
      pageInfo: { hasNextPage: true },
    });
    const after = first.pageInfo.endCursor;
    expect(await page(id, 3, after)).toMatchObject({
      nodes: [{ key: 'end' }],
      pageInfo: { hasNextPage: false },
    });
    await author.updateNode('yard', { title: 'The Yard' });
    const { extensions } = await author.client.fail(PAGE, {
      id: await published(),
      first: 3,
      after,
    });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
  });

  it('is asked for a node, by its id or its key', async () => {
    const id = await published();
    const one = async (by: object) =>
      (await author.client.get(ONE_NODE, { id, ...by })).storyVersion.content.node;
    expect(await one({ key: 'vault' })).toEqual({ key: 'vault', title: 'Title of vault' });
    expect(await one({ node: story.node('yard') })).toEqual({
      key: 'yard',
      title: 'Title of yard',
    });
    expect(await one({ key: 'attic' })).toBeNull();
    expect(await one({ node: 'nod_999999999' })).toBeNull();
    for (const by of [{}, { key: 'hall', node: story.node('hall') }]) {
      const { extensions } = await author.client.fail(ONE_NODE, { id, ...by });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'id', message: 'give either the id of the node or its key' }],
      });
    }
  });

  describe('is refused', () => {
    const CONTENT_OF_VERSION = `content { ${SCHEMA} nodes(first: 5) { nodes { ${NODE} } } node(key: "hall") { ${NODE} } }`;
    /** Every way to a version. */
    const WAYS = {
      startStory: `mutation ($id: ID!) { startStory(storyId: $id) { version { ${CONTENT_OF_VERSION} } } }`,
      storyVersion: `query ($versionId: ID!) { storyVersion(id: $versionId) { ${CONTENT_OF_VERSION} } }`,
      storyVersions: `query ($id: ID!) { storyVersions(storyId: $id, first: 1) { nodes { ${CONTENT_OF_VERSION} } } }`,
      story: `query ($id: ID!) { story(id: $id) { publishedVersion { ${CONTENT_OF_VERSION} } } }`,
      stories: `{ stories(first: 5) { nodes { publishedVersion { ${CONTENT_OF_VERSION} } } } }`,
      storyProgress: `query ($id: ID!) { storyProgress(storyId: $id) { version { ${CONTENT_OF_VERSION} } story { publishedVersion { ${CONTENT_OF_VERSION} } } } }`,
      progress: `{ progress(first: 5) { nodes { version { ${CONTENT_OF_VERSION} } } } }`,
      playthroughMoves: `query ($id: ID!) { playthroughMoves(storyId: $id, first: 1) { nodes { version { ${CONTENT_OF_VERSION} } } } }`,
      movePlaythroughs: `mutation ($id: ID!) { movePlaythroughs(storyId: $id) { version { ${CONTENT_OF_VERSION} } } }`,
      publishStory: `mutation ($id: ID!) { publishStory(id: $id, input: { publishAnyway: true }) { publishedVersion { ${CONTENT_OF_VERSION} } } }`,
    };

    /** By every way that shows something of the content to this client. */
    async function shown(client: GraphqlClient, versionId: string): Promise<string[]> {
      const names: string[] = [];
      for (const [name, query] of Object.entries(WAYS)) {
        const answer = JSON.stringify(await client.send(query, { id: story.id, versionId }));
        // A question that is not sound shows nothing for the wrong reason.
        expect([name, answer]).not.toEqual([
          name,
          expect.stringMatching(/GRAPHQL_VALIDATION_FAILED|QUERY_TOO_COMPLEX|INTERNAL_|BAD_USER/),
        ]);
        if (answer.includes(SECRET)) names.push(name);
      }
      return names;
    }

    it('to readers and strangers by every way, and to those who work on the story by none', async () => {
      const { factory, client } = talegraph;
      const versionId = await published();
      await author.client.get(`mutation ($id: ID!) { movePlaythroughs(storyId: $id) { id } }`, {
        id: story.id,
      });
      const reader = await Playthrough.begin(talegraph, story);
      const [editor, viewer] = [await factory.newAuthor(), await factory.newAuthor()];
      await factory.share(person, story, editor, 'editor');
      await factory.share(person, story, viewer, 'viewer');
      const as = ({ token }: Person) => client.as(token);
      const others: readonly (readonly [who: string, client: GraphqlClient])[] = [
        ['the anonymous', client],
        ['a guest', as(await factory.newGuest())],
        ['a reader', reader.player.client],
        ['another author', as(await factory.newAuthor())],
      ];
      for (const [who, other] of others) {
        expect([who, await shown(other, versionId)]).toEqual([who, []]);
      }
      const all = Object.keys(WAYS);
      const ofEditors = ['movePlaythroughs', 'publishStory'];
      expect(await shown(as(editor), versionId)).toEqual(all);
      expect(await shown(as(viewer), versionId)).toEqual(
        all.filter((way) => !ofEditors.includes(way)),
      );
      expect(await shown(as(await factory.newAdmin()), versionId)).toEqual(all);
    });

    it('as what is not there, where the story is not', async () => {
      const { factory, client } = talegraph;
      const versionId = await published();
      const stranger = client.as((await factory.newAuthor()).token);
      const code = async (of: GraphqlClient, id: string) =>
        (await of.fail(CONTENT, { id })).extensions.code;
      expect(await code(stranger, versionId)).toBe('FORBIDDEN');
      await author.unpublish();
      expect(await code(stranger, versionId)).toBe('NOT_FOUND');
      expect(await code(author.client, 'ver_999999999')).toBe('NOT_FOUND');
      expect((await content(versionId)).number).toBe(1);
      await author.deleteStory();
      expect(await code(author.client, versionId)).toBe('NOT_FOUND');
    });
  });

  it('is not read of very many versions at once', async () => {
    await published();
    const { extensions } = await author.client.fail(
      `query ($id: ID!) { storyVersions(storyId: $id, first: 100) { nodes { content { schema { allowUndo } } } } }`,
      { id: story.id },
    );
    expect(extensions.code).toBe('QUERY_TOO_COMPLEX');
  });
});
