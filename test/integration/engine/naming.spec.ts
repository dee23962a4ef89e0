import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';

const USAGES = `query ($id: ID!, $input: StoryUsagesInput, $first: Int) {
  storyUsages(storyId: $id, input: $input, first: $first) { totalCount nodes {
    kind name isDeclared isUnused readCount writeCount
    places(first: 20) { totalCount nodes { nodeKey letter field path line column isWritten excerpt } } } } }`;
const RENAME = `mutation ($id: ID!, $input: RenameDeclarationInput!) {
  renameDeclaration(storyId: $id, input: $input) { count isNewToSaves changeId
    places(first: 50) { nodes { nodeKey letter field path line column before after } } } }`;
const UNDO = `mutation ($id: ID!) { undoDraft(storyId: $id) { kind } }`;
const HISTORY = `query ($id: ID!) { draftHistory(storyId: $id, first: 1) { nodes { kind note } } }`;
const VALIDATE = `query ($id: ID!) { validateStory(storyId: $id) { findings { code message } } }`;

describe('names of a draft', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['yard'], yard: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [
        { name: 'oil', type: 'INT', initial: 1 },
        { name: 'idle', type: 'BOOL', initial: false },
      ],
      items: [{ key: 'lamp', name: 'Lamp' }],
      protagonists: [
        { key: 'child', name: 'Child', variables: [{ name: 'oil', value: 3 }] },
        { key: 'keeper', name: 'Keeper' },
      ],
      endings: [{ key: 'lit', name: 'Lit' }],
    });
    await author.updateNode('hall', {
      content: 'No oil.\nThe oil: {{ oil }}, {% if visits.hall > 1 %}again{% endif %}.',
      effects: [
        { op: 'ADD', target: 'oil', value: 'oil + inventory.lamp' },
        { op: 'GIVE', target: 'lamp' },
      ],
    });
    await author.updateNode('yard', { ending: 'lit' });
    await author.updateChoice('hall', 'yard', {
      text: 'Burn {{ oil }} oil',
      condition: 'oil > 0 && visits["hall"] < 3 && protagonist == "child" && "oil" != "lamp"',
      lockedText: 'No oil',
    });
  });

  const usages = async (input?: object): Promise<any> =>
    (await author.client.get(USAGES, { id: story.id, input })).storyUsages;
  const rename = async (input: object): Promise<any> =>
    (await author.client.get(RENAME, { id: story.id, input })).renameDeclaration;

  it('are told with every place where they are read and set', async () => {
    const { nodes } = await usages();
    expect(
      nodes.map((each: any) => [each.kind, each.name, each.readCount, each.writeCount]),
    ).toEqual([
      ['VARIABLE', 'oil', 4, 2],
      ['VARIABLE', 'idle', 0, 0],
      ['ITEM', 'lamp', 1, 1],
      ['ENDING', 'lit', 0, 1],
      ['PROTAGONIST', 'child', 1, 0],
      ['PROTAGONIST', 'keeper', 0, 0],
      ['NODE', 'hall', 2, 0],
    ]);
    const place = { nodeKey: 'hall', letter: null, line: 1, column: 1, isWritten: false };
    expect(nodes[0].places.nodes).toEqual([
      {
        ...place,
        ...{ nodeKey: null, field: 'DECLARATIONS', path: 'protagonists.child.variables.oil' },
        ...{ isWritten: true, excerpt: 'oil' },
      },
      {
        ...place,
        ...{ field: 'CONTENT', path: 'content', line: 2, column: 13 },
        excerpt: 'The oil: {{ oil }}, {% if visits.hall > 1 %}again{% endif %}.',
      },
      { ...place, field: 'EFFECTS', path: 'effects.0.value', excerpt: 'oil + inventory.lamp' },
      {
        ...place,
        ...{ letter: 'A', field: 'CHOICE_TEXT', path: 'text', column: 9 },
        excerpt: 'Burn {{ oil }} oil',
      },
      expect.objectContaining({ letter: 'A', field: 'CONDITION', column: 1 }),
      { ...place, field: 'EFFECTS', path: 'effects.0.target', isWritten: true, excerpt: 'oil' },
    ]);
  });

  it('are told by kind, by name, and where they are unused', async () => {
    const names = async (input: object) =>
      (await usages(input)).nodes.map(({ name }: any) => name as string);
    expect(await names({ isUnused: true })).toEqual(['idle']);
    expect(await names({ kind: 'ITEM' })).toEqual(['lamp']);
    expect(await names({ name: 'hall' })).toEqual(['hall']);
    await author.define({ variables: [{ name: 'oil', type: 'INT', initial: 1 }] });
    const { nodes } = await usages({ kind: 'ITEM' });
    expect(nodes).toMatchObject([
      { name: 'lamp', isDeclared: false, isUnused: false, readCount: 1 },
    ]);
  });

  it('are changed wherever the story goes by them, and taken back as one', async () => {
    const before = await usages();
    const { count, changeId, isNewToSaves } = await rename({
      ...{ kind: 'VARIABLE', from: 'oil', to: 'fuel' },
    });
    expect({ count, isNewToSaves }).toEqual({ count: 7, isNewToSaves: true });
    expect(changeId).toMatch(/^chg_/);
    const { nodes } = await author.client
      .get(HISTORY, { id: story.id })
      .then((d) => d.draftHistory);
    expect(nodes).toEqual([{ kind: 'RENAME', note: 'oil → fuel' }]);
    const after = await usages();
    expect(after.nodes[0]).toMatchObject({ name: 'fuel', readCount: 4, writeCount: 2 });
    const excerpts = after.nodes[0].places.nodes.map(({ excerpt }: any) => excerpt as string);
    expect(excerpts).toEqual([
      'fuel',
      'The oil: {{ fuel }}, {% if visits.hall > 1 %}again{% endif %}.',
      'fuel + inventory.lamp',
      'Burn {{ fuel }} oil',
      'fuel > 0 && visits["hall"] < 3 && protagonist == "child" && "oil" != "lamp"',
      'fuel',
    ]);
    expect((await author.client.get(VALIDATE, { id: story.id })).validateStory.findings).toEqual([
      expect.objectContaining({ code: 'UNUSED_DECLARATION' }),
    ]);
    await author.client.get(UNDO, { id: story.id });
    expect(await usages()).toEqual(before);
  });

  it('are previewed with each place before and after, and nothing changes', async () => {
    const before = await fingerprint(talegraph.database);
    const { count, changeId, isNewToSaves, places } = await rename({
      ...{ kind: 'NODE', from: 'hall', to: '2A', dryRun: true },
    });
    expect({ count, changeId, isNewToSaves }).toEqual({
      count: 3,
      changeId: null,
      isNewToSaves: false,
    });
    expect(places.nodes.map(({ field, after }: any) => [field, after])).toEqual([
      ['CONTENT', 'The oil: {{ oil }}, {% if visits["2A"] > 1 %}again{% endif %}.'],
      ['CONDITION', 'oil > 0 && visits["2A"] < 3 && protagonist == "child" && "oil" != "lamp"'],
      ['KEY', '2A'],
    ]);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('of nodes change while their ids stay', async () => {
    await rename({ kind: 'NODE', from: 'hall', to: 'great.hall' });
    const { draft } = (
      await author.client.get(
        `query ($id: ID!) { story(id: $id) { draft { node(key: "great.hall") { id choices { condition } } } } }`,
        { id: story.id },
      )
    ).story;
    expect(draft.node.id).toBe(story.node('hall'));
    expect(draft.node.choices[0].condition).toContain('visits["great.hall"] < 3');
  });

  it.each([
    [{ from: 'oyl', to: 'fuel' }, 'input.from', 'there is no variable oyl. Did you mean oil?'],
    [{ from: 'oil', to: 'idle' }, 'input.to', 'a variable is called idle already'],
    [{ from: 'oil', to: 'for' }, 'input.to', 'for means something already; choose another name'],
    [{ from: 'oil', to: '2nd' }, 'input.to', /^must have 1 to 40 letters/],
    [{ kind: 'NODE', from: 'hall', to: 'yard' }, 'input.to', 'a node is called yard already'],
    [{ kind: 'NODE', from: 'hall', to: 'a b' }, 'input.to', /^must have 1 to 32 letters/],
    [{ from: 'oil', to: 'oil' }, 'input.to', 'a variable is called oil already'],
  ])('cannot become what is taken, kept or unfit: %j', async (input, path, message) => {
    const before = await fingerprint(talegraph.database);
    const error = await author.client.fail(RENAME, {
      id: story.id,
      input: { kind: 'VARIABLE', ...input },
    });
    expect(error.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        { path, message: typeof message === 'string' ? message : expect.stringMatching(message) },
      ],
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('stay where the story would mean something else, and all such places are told', async () => {
    await author.updateNode('hall', { content: '{% assign fuel = oil %}{{ fuel }}' });
    await author.updateNode('yard', {
      content: '{% if protagonist contains "chi" %}Small{% endif %}',
    });
    const fails = async (input: object) =>
      (await author.client.fail(RENAME, { id: story.id, input })).extensions.fields as any[];
    const taken = await fails({ kind: 'VARIABLE', from: 'oil', to: 'fuel' });
    expect(taken.map(({ message }) => message as string)).toEqual([
      'content of node hall: line 1, column 11: fuel is a name of the story, which texts cannot change; assign to another name.',
    ]);
    const opaque = await fails({ kind: 'PROTAGONIST', from: 'child', to: 'boy' });
    expect(opaque.map(({ message }) => message as string)).toEqual([
      'content of node yard: goes by the key of whoever is played otherwise than by comparing it with one; rewrite it first',
    ]);
    await talegraph.database.query(
      `UPDATE choices SET condition = 'oil > fuel' WHERE from_node_id = $1`,
      [Number(story.node('hall').slice(4))],
    );
    const unknown = await fails({ kind: 'VARIABLE', from: 'oil', to: 'fuel' });
    expect(unknown[0].message).toBe(
      'condition of choice A of node hall: goes by fuel already, which does not exist; mend it first',
    );
  });
});
