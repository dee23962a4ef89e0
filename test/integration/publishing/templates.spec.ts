import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInTemplates } from '../../../seeds/built-in-templates.js';
import { Seeder } from '../../../seeds/seeder.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const TEMPLATE = 'id title description isBuiltIn isShared nodeCount owner { username }';
const LIBRARY = `query ($source: TemplateSource, $first: Int, $after: String) {
  templateLibrary(source: $source, first: $first, after: $after) {
    totalCount nodes { ${TEMPLATE} } pageInfo { hasNextPage endCursor } } }`;
const SAVE = `mutation ($storyId: ID!, $input: SaveTemplateInput!) {
  saveTemplate(storyId: $storyId, input: $input) {
    ${TEMPLATE} nodes(first: 100) { nodes { key type choices { text to } } } } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateTemplateInput!) {
  updateTemplate(id: $id, input: $input) { ${TEMPLATE} } }`;
const DELETE = `mutation ($id: ID!) { deleteTemplate(id: $id) }`;
const GET = `query ($id: ID!) { template(id: $id) { ${TEMPLATE} } }`;
const CREATE = `mutation ($id: ID!, $input: CreateFromTemplateInput!) {
  createStoryFromTemplate(templateId: $id, input: $input) { id slug title category difficultyLevel } }`;
const INSERT = `mutation ($storyId: ID!, $id: ID!, $input: InsertTemplateInput) {
  insertTemplate(storyId: $storyId, templateId: $id, input: $input) {
    story { id } nodes(first: 100) { nodes { nodeId templateKey key } } } }`;
const DRAFT = `query ($id: ID!) { story(id: $id) { draft {
  startNode { key }
  nodes(first: 100) { totalCount nodes {
    id key isStart chapter position { x y } choices { text condition toNode { key } } } } } } }`;
const DEFINE = `mutation ($storyId: ID!, $input: StorySchemaInput!) {
  defineStory(storyId: $storyId, revision: 1, input: $input) { __typename } }`;
const UNDO = `mutation ($id: ID!) { undoDraft(storyId: $id) { kind note } }`;

const ABOUT = { title: 'My shape', description: 'Two doors.' };

describe('templates', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  let other: GraphqlClient;

  beforeAll(async () => {
    talegraph = await startApp();
    await talegraph.app.get(Seeder).ensureTemplates();
    person = await talegraph.factory.newAuthor('templar');
    author = talegraph.client.as(person.token);
    other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
  });
  afterAll(() => talegraph.close());

  const newStory = (nodes: Readonly<Record<string, readonly string[]>>): Promise<MadeStory> =>
    talegraph.factory.newStory(person, { nodes, published: false });
  const library = async (by: GraphqlClient, source: string): Promise<any> =>
    (await by.get(LIBRARY, { source, first: 100 })).templateLibrary;
  const save = async (story: MadeStory, input: object = {}): Promise<any> =>
    (await author.get(SAVE, { storyId: story.id, input: { ...ABOUT, ...input } })).saveTemplate;
  const builtIn = async (title: string): Promise<string> => {
    const { nodes } = await library(author, 'BUILT_IN');
    return nodes.find((template: any) => template.title === title).id;
  };
  const draftOf = async (id: string): Promise<any> => (await author.get(DRAFT, { id })).story.draft;

  describe('the library', () => {
    it('holds those that come with Talegraph once, however often they are put there', async () => {
      const rows = () =>
        talegraph.database.query('SELECT * FROM story_templates WHERE slug IS NOT NULL');
      const before = await rows();
      await talegraph.app.get(Seeder).ensureTemplates();
      expect(await rows()).toEqual(before);
      const { totalCount, nodes } = await library(other, 'BUILT_IN');
      expect(totalCount).toBe(builtInTemplates().length);
      expect(nodes.at(-1)).toEqual({
        id: expect.stringMatching(/^tpl_\d+$/),
        title: 'Branching tale',
        description: expect.stringContaining('four ways for it to end'),
        isBuiltIn: true,
        isShared: false,
        nodeCount: 8,
        owner: null,
      });
    });

    it('brings them up to date', async () => {
      await talegraph.database.query(
        `UPDATE story_templates SET title = 'Old', document = '{"title":"Old","nodes":[]}'
         WHERE slug = 'timed-escape'`,
      );
      await talegraph.app.get(Seeder).ensureTemplates();
      const [row] = await talegraph.database.query(
        `SELECT title, node_count FROM story_templates WHERE slug = 'timed-escape'`,
      );
      expect(row).toEqual({ title: 'Timed escape', node_count: 7 });
    });

    it('shows a saved template to others once it is shared, page by page', async () => {
      const { id } = await save(await newStory({ hall: ['end'], end: [] }));
      const isThere = async (by: GraphqlClient, source: string) =>
        (await library(by, source)).nodes.some((template: any) => template.id === id);
      expect([await isThere(author, 'MINE'), await isThere(author, 'ALL')]).toEqual([true, true]);
      expect([await isThere(other, 'SHARED'), await isThere(other, 'ALL')]).toEqual([false, false]);
      expect((await other.fail(GET, { id })).extensions).toEqual({ code: 'NOT_FOUND' });
      const { updateTemplate } = await author.get(UPDATE, {
        id,
        input: { title: 'Shared', isShared: true },
      });
      expect(updateTemplate).toEqual({
        ...{ id, title: 'Shared', description: 'Two doors.', isBuiltIn: false, isShared: true },
        ...{ nodeCount: 2, owner: { username: 'templar' } },
      });
      expect([await isThere(other, 'SHARED'), await isThere(other, 'MINE')]).toEqual([true, false]);
      expect(await isThere(author, 'SHARED')).toBe(false);
      const first = (await other.get(LIBRARY, { first: 1 })).templateLibrary;
      expect(first.nodes[0].id).toBe(id);
      const { endCursor: after } = first.pageInfo;
      const second = (await other.get(LIBRARY, { first: 1, after })).templateLibrary;
      expect(second.nodes[0].isBuiltIn).toBe(true);
    });

    it('lets nobody change or delete what others or Talegraph put there', async () => {
      const { id } = await save(await newStory({ hall: [] }), { isShared: true });
      const theirs = await builtIn('Hub and spokes');
      const before = await fingerprint(talegraph.database);
      const input = { title: 'Mine now' };
      for (const [by, of] of [
        [other, id],
        [author, theirs],
        [talegraph.client.as((await talegraph.factory.newAdmin()).token), theirs],
      ] as const) {
        expect((await by.fail(UPDATE, { id: of, input })).extensions.code).toBe('FORBIDDEN');
        expect((await by.fail(DELETE, { id: of })).extensions.code).toBe('FORBIDDEN');
      }
      const after = await fingerprint(talegraph.database);
      expect(after.story_templates).toEqual(before.story_templates);
      expect((await author.get(DELETE, { id })).deleteTemplate).toBe(true);
      expect((await author.fail(GET, { id })).extensions.code).toBe('NOT_FOUND');
    });
  });

  describe('saveTemplate', () => {
    it('keeps some nodes as a part that stands by itself', async () => {
      const story = await newStory({ hall: ['attic', 'yard'], attic: ['yard'], yard: [] });
      const nodeIds = [story.node('attic'), story.node('hall')];
      const { nodes, nodeCount } = await save(story, { nodeIds });
      expect(nodeCount).toBe(2);
      expect(nodes.nodes).toEqual([
        {
          key: 'hall',
          type: 'CHOICE',
          choices: [
            { text: 'Go to attic', to: 'attic' },
            { text: 'Go to yard', to: null },
          ],
        },
        { key: 'attic', type: 'CHOICE', choices: [{ text: 'Go to yard', to: null }] },
      ]);
    });

    it('refuses nodes of other stories, empty drafts, and rules that go by nodes left out', async () => {
      const story = await newStory({ hall: ['attic'], attic: ['end'], end: [] });
      const stranger = await newStory({ cave: [] });
      await author.get(
        `mutation ($id: ID!) { updateChoice(id: $id, input: { revision: 1, condition: "visits.end > 0" }) { id } }`,
        { id: story.choice('hall', 'attic') },
      );
      const before = await fingerprint(talegraph.database);
      const refused = async (of: MadeStory, input: object) =>
        (await author.fail(SAVE, { storyId: of.id, input: { ...ABOUT, ...input } })).extensions;
      expect(await refused(story, { nodeIds: [stranger.node('cave')] })).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'input.nodeIds',
            message: `must be nodes of this story: ${stranger.node('cave')} are not`,
          },
        ],
      });
      expect(await refused(story, { nodeIds: [story.node('hall'), story.node('attic')] })).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'input.nodeIds',
            message:
              'condition of choice A of node hall: goes by node end, which is not among them; add it, or take that out',
          },
        ],
      });
      expect(await refused(await newStory({}), {})).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'storyId' }],
      });
      const after = await fingerprint(talegraph.database);
      expect(after.story_templates).toEqual(before.story_templates);
    });
  });

  describe('createStoryFromTemplate', () => {
    it.each(builtInTemplates().map(({ title }) => title))(
      'makes a story of %s that can be published as it is',
      async (title) => {
        const { createStoryFromTemplate: story } = await author.get(CREATE, {
          id: await builtIn(title),
          input: { title: `My ${title}`, difficultyLevel: 'HARD' },
        });
        expect(story).toMatchObject({ title: `My ${title}`, difficultyLevel: 'HARD' });
        const { publishStory } = await author.get(
          `mutation ($id: ID!) { publishStory(id: $id) { publishedVersion { number } } }`,
          { id: story.id },
        );
        expect(publishStory).toEqual({ publishedVersion: { number: 1 } });
      },
    );

    it('gives each story nodes of its own', async () => {
      const id = await builtIn('Branching tale');
      const make = async () =>
        (await author.get(CREATE, { id, input: { title: 'Twice' } })).createStoryFromTemplate;
      const [one, two] = [await make(), await make()];
      expect([one.slug, two.slug]).toEqual(['twice', 'twice-2']);
      const [ofOne, ofTwo] = [await draftOf(one.id), await draftOf(two.id)];
      expect(ofOne.nodes.totalCount).toBe(8);
      const keys = (draft: any) => draft.nodes.nodes.map(({ key }: any) => key);
      expect(keys(ofTwo)).toEqual(keys(ofOne));
      const ids = [ofOne, ofTwo].flatMap((draft) => draft.nodes.nodes.map(({ id }: any) => id));
      expect(new Set(ids).size).toBe(16);
    });
  });

  describe('insertTemplate', () => {
    it('puts a template beside what is there, under free keys, and undo takes it all back', async () => {
      const story = await newStory({ square: ['mill'], mill: ['end'], end: [] });
      const before = await draftOf(story.id);
      const { insertTemplate } = await author.get(INSERT, {
        storyId: story.id,
        id: await builtIn('Hub and spokes'),
        input: { position: { x: 1000, y: 500 }, chapter: 'The village' },
      });
      const keys = insertTemplate.nodes.nodes.map(({ templateKey, key }: any) => [
        templateKey,
        key,
      ]);
      expect(keys).toEqual([
        ['square', 'square-2'],
        ['mill', 'mill-2'],
        ...['mill_done', 'school', 'school_done', 'boathouse', 'boat_done'].map((key) => [
          key,
          key,
        ]),
        ...['farewell', 'slipped'].map((key) => [key, key]),
      ]);
      const draft = await draftOf(story.id);
      expect(draft.startNode).toEqual({ key: 'square' });
      expect(draft.nodes.nodes.slice(0, 3)).toEqual(before.nodes.nodes);
      expect(draft.nodes.nodes[3]).toMatchObject({
        id: insertTemplate.nodes.nodes[0].nodeId,
        ...{
          key: 'square-2',
          isStart: false,
          chapter: 'The village',
          position: { x: 1000, y: 500 },
        },
      });
      expect(draft.nodes.nodes[4].position).toEqual({ x: 700, y: 700 });
      const [toMill, toSchool] = draft.nodes.nodes[3].choices;
      expect(toMill.toNode).toEqual({ key: 'mill-2' });
      expect(toSchool.condition).toBe('visits.school_done == 0');
      const { undoDraft } = await author.get(UNDO, { id: story.id });
      expect(undoDraft).toEqual({ kind: 'UNDO', note: null });
      expect(await draftOf(story.id)).toEqual(before);
    });

    it('puts a template below the nodes that are there, where no place is named', async () => {
      const story = await newStory({ here: ['end'], end: [] });
      const [node] = (await draftOf(story.id)).nodes.nodes;
      await author.get(
        `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`,
        { id: node.id, input: { revision: 1, position: { x: -300, y: 900 } } },
      );
      await author.get(INSERT, {
        storyId: story.id,
        id: await builtIn('Hub and spokes'),
        input: {},
      });
      const places = (await draftOf(story.id)).nodes.nodes
        .slice(2)
        .map(({ position }: any) => position);
      expect(Math.min(...places.map(({ x }: any) => x))).toBe(-300);
      expect(Math.min(...places.map(({ y }: any) => y))).toBe(1100);
    });

    it('renames keys wherever the template goes by them', async () => {
      const story = await newStory({ boat_done: [] });
      await author.get(INSERT, { storyId: story.id, id: await builtIn('Hub and spokes') });
      const { nodes } = await draftOf(story.id);
      const conditions = nodes.nodes.flatMap((node: any) =>
        node.choices.map(({ condition }: any) => condition),
      );
      expect(conditions).toContain('visits["boat_done-2"] == 0');
      expect(conditions).not.toContain('visits.boat_done == 0');
    });

    it('declares once what both declare alike, and refuses what they declare otherwise', async () => {
      const [one, two] = [await newStory({ hall: [] }), await newStory({ hall: [] })];
      const id = await builtIn('Mystery with clues');
      const clues = { name: 'clues', type: 'INT', initial: 0, min: 0, max: 3, shown: true };
      const declare = (story: MadeStory, variable: object) =>
        author.get(DEFINE, { storyId: story.id, input: { variables: [variable] } });
      await declare(one, clues);
      await declare(two, { ...clues, max: 9 });
      await author.get(INSERT, { storyId: one.id, id });
      const before = await fingerprint(talegraph.database);
      expect((await author.fail(INSERT, { storyId: two.id, id })).extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'templateId',
            message:
              'the story declares clues among its variables otherwise than the template does; rename it there or make both alike',
          },
        ],
      });
      const after = await fingerprint(talegraph.database);
      for (const table of ['story_nodes', 'choices', 'stories', 'draft_changes'] as const)
        expect([table, after[table]]).toEqual([table, before[table]]);
    });

    it('gives an empty draft its start', async () => {
      const story = await newStory({});
      await author.get(INSERT, { storyId: story.id, id: await builtIn('Branching tale') });
      expect((await draftOf(story.id)).startNode).toEqual({ key: 'opening' });
    });
  });
});
