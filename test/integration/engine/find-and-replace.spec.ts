import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { MadeStory } from '../../support/factory.js';

const FIND = `query ($id: ID!, $input: FindInDraftInput!, $first: Int, $after: String) {
  findInDraft(storyId: $id, input: $input, first: $first, after: $after) {
    totalCount nodes { nodeKey letter field line column excerpt } pageInfo { hasNextPage endCursor } } }`;
const REPLACE = `mutation ($id: ID!, $input: ReplaceInDraftInput!) {
  replaceInDraft(storyId: $id, input: $input) { count changeId
    change { id edits(first: 50) { nodes { node { key revision } choice { letter revision } } } } } }`;
const PREVIEW = `mutation ($id: ID!, $input: ReplaceInDraftInput!) {
  replaceInDraft(storyId: $id, input: $input) { count changeId
    places(first: 2) { totalCount nodes { nodeKey letter field path line column before after } } } }`;
const UNDO = `mutation ($id: ID!) { undoDraft(storyId: $id) { kind } }`;

describe('throughout a draft', () => {
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
    await author.define({ variables: [{ name: 'lamp', type: 'INT', initial: 1 }] });
    await author.updateNode('hall', {
      title: 'Lamp Hall',
      content: 'A lamp.\nNo other lamps, but one LAMP.',
      effects: [{ op: 'SET', target: 'lamp', value: 'lamp + 1' }],
    });
    await author.updateChoice('hall', 'yard', {
      text: 'Take the lamp',
      condition: 'lamp > 0',
      lockedText: 'Éclampsia $& (lamp)',
    });
  });

  const find = async (input: object, page: object = {}): Promise<any> =>
    (await author.client.get(FIND, { id: story.id, input, ...page })).findInDraft;
  const replace = async (input: object): Promise<any> =>
    (await author.client.get(REPLACE, { id: story.id, input })).replaceInDraft;

  it('finds a text in all that readers read, with its place', async () => {
    const { nodes, totalCount } = await find({ text: 'lamp' });
    expect(totalCount).toBe(7);
    expect(nodes.slice(0, 4)).toEqual([
      expect.objectContaining({ nodeKey: 'hall', field: 'TITLE', line: 1, column: 1 }),
      expect.objectContaining({ field: 'CONTENT', line: 1, column: 3, excerpt: 'A lamp.' }),
      expect.objectContaining({ field: 'CONTENT', line: 2, column: 10, letter: null }),
      expect.objectContaining({ line: 2, column: 25, excerpt: 'No other lamps, but one LAMP.' }),
    ]);
    expect(nodes[4]).toMatchObject({ nodeKey: 'hall', letter: 'A', field: 'CHOICE_TEXT' });
  });

  it('finds whole words, capitals and rules where that is asked for', async () => {
    const count = async (input: object) => (await find({ text: 'lamp', ...input })).totalCount;
    expect(await count({ wholeWords: true })).toBe(5);
    expect(await count({ matchCase: true })).toBe(5);
    expect(await count({ matchCase: true, wholeWords: true })).toBe(3);
    expect(await count({ fields: ['CONDITION', 'EFFECTS'] })).toBe(2);
    expect((await find({ text: '$& (' })).totalCount).toBe(1);
    expect((await find({ text: '.*' })).totalCount).toBe(0);
  });

  it('tells what it finds a page at a time', async () => {
    const seen: unknown[] = [];
    let after: string | undefined;
    for (;;) {
      const { nodes, pageInfo } = await find({ text: 'lamp' }, { first: 3, after });
      seen.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual((await find({ text: 'lamp' })).nodes);
  });

  it('replaces what it finds, word for word, and takes it back as one', async () => {
    const before = await find({ text: 'lamp' });
    const { count, changeId, change } = await replace({
      text: 'lamp',
      wholeWords: true,
      replacement: '$& lantern',
    });
    expect(count).toBe(5);
    expect(change.id).toBe(changeId);
    expect(change.edits.nodes).toEqual([
      { node: { key: 'hall', revision: 3 }, choice: null },
      { node: null, choice: { letter: 'A', revision: 3 } },
    ]);
    expect((await find({ text: '$& lantern' })).totalCount).toBe(5);
    expect((await find({ text: 'lamp' })).totalCount).toBe(2);
    expect((await author.client.get(UNDO, { id: story.id })).undoDraft).toEqual({ kind: 'UNDO' });
    expect(await find({ text: 'lamp' })).toEqual(before);
  });

  it('tells what it would replace, before and after, and replaces nothing', async () => {
    const before = await fingerprint(talegraph.database);
    const input = { text: 'lamp', wholeWords: true, replacement: 'lantern', dryRun: true };
    const { replaceInDraft } = await author.client.get(PREVIEW, { id: story.id, input });
    expect(replaceInDraft).toEqual({
      count: 5,
      changeId: null,
      places: {
        totalCount: 5,
        nodes: [
          {
            ...{ nodeKey: 'hall', letter: null, field: 'TITLE', path: 'title', line: 1, column: 1 },
            ...{ before: 'Lamp Hall', after: 'lantern Hall' },
          },
          {
            ...{
              nodeKey: 'hall',
              letter: null,
              field: 'CONTENT',
              path: 'content',
              line: 1,
              column: 3,
            },
            ...{ before: 'A lamp.', after: 'A lantern.' },
          },
        ],
      },
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
    const error = await author.client.fail(PREVIEW, {
      id: story.id,
      input: { text: 'Lamp Hall', replacement: '', dryRun: true },
    });
    expect(error.message).toMatch(/title of node hall: must not be empty/);
  });

  it('finds only in a chapter, or where a tag is', async () => {
    await author.updateNode('yard', { title: 'Lamp Yard', chapter: 'Two', tags: ['dark', 'wet'] });
    await author.updateNode('hall', { tags: ['dark'] });
    const keys = async (input: object) =>
      (await find({ text: 'lamp', fields: ['TITLE'], ...input })).nodes.map(
        ({ nodeKey }: any) => nodeKey as string,
      );
    expect(await keys({})).toEqual(['hall', 'yard']);
    expect(await keys({ chapter: 'Two' })).toEqual(['yard']);
    expect(await keys({ tag: 'dark' })).toEqual(['hall', 'yard']);
    expect(await keys({ tag: 'wet' })).toEqual(['yard']);
    await author.updateNode('hall', { chapter: 'One' });
    expect(await keys({ tag: 'wet', chapter: 'One' })).toEqual([]);
    const mistyped = { text: 'lamp', chapter: 'Twoo', tag: 'weet' };
    for (const refused of [
      await author.client.fail(FIND, { id: story.id, input: mistyped }),
      await author.client.fail(REPLACE, { id: story.id, input: { ...mistyped, replacement: '' } }),
    ]) {
      expect(refused.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.chapter', message: 'no node has the chapter Twoo. Did you mean Two?' },
          { path: 'input.tag', message: 'no node has the tag weet. Did you mean wet?' },
        ],
      });
    }
    expect((await replace({ text: 'lamp', chapter: 'Two', replacement: 'Lantern' })).count).toBe(1);
    expect(await keys({})).toEqual(['hall']);
  });

  it('finds and replaces in puzzles', async () => {
    const puzzle = { kind: 'TEXT', answers: ['lamp', 'a lamp'], hints: ['It is no lamp-post.'] };
    await author.updateChoice('hall', 'yard', { puzzle });
    expect((await find({ text: 'lamp', fields: ['PUZZLE'] })).nodes).toMatchObject([
      { letter: 'A', field: 'PUZZLE', excerpt: 'lamp' },
      { excerpt: 'a lamp' },
      { excerpt: 'It is no lamp-post.', column: 10 },
    ]);
    await replace({ text: 'lamp', fields: ['PUZZLE'], replacement: 'moon' });
    const { story: read } = await author.client.get(
      `query ($id: ID!) { story(id: $id) { draft { choices { nodes { puzzle { answers hints } } } } } }`,
      { id: story.id },
    );
    expect(read.draft.choices.nodes).toEqual([
      { puzzle: { answers: ['moon', 'a moon'], hints: ['It is no moon-post.'] } },
    ]);
    const error = await author.client.fail(REPLACE, {
      id: story.id,
      input: { text: 'moon', wholeWords: true, fields: ['PUZZLE'], replacement: '' },
    });
    expect(error.message).toMatch(/puzzle.answers.0 of choice A of node hall: must not be empty/);
  });

  it('leaves no empty text behind where there may be none at all', async () => {
    await author.updateChoice('hall', 'yard', { lockedText: 'lamp', consequences: 'lamp' });
    await replace({ text: 'lamp', fields: ['LOCKED_TEXT', 'CONSEQUENCES'], replacement: '' });
    const { story: read } = await author.client.get(
      `query ($id: ID!) { story(id: $id) { draft { choices { nodes { lockedText consequences } } } } }`,
      { id: story.id },
    );
    expect(read.draft.choices.nodes).toEqual([{ lockedText: null, consequences: null }]);
  });

  it('makes no change where nothing becomes different', async () => {
    expect(await replace({ text: 'nowhere', replacement: 'x' })).toEqual({
      count: 0,
      changeId: null,
      change: null,
    });
    expect(await replace({ text: 'Lamp', matchCase: true, replacement: 'Lamp' })).toEqual({
      count: 1,
      changeId: null,
      change: null,
    });
  });

  it.each([
    [
      { text: 'lamp', fields: ['CONDITION'], replacement: 'lantern' },
      /condition of choice A of node hall: line 1, column 1: There is no variable lantern/,
    ],
    [{ text: 'Lamp Hall', replacement: '' }, /title of node hall: must not be empty/],
    [{ text: 'a', replacement: 'b'.repeat(200) }, /lockedText of choice A .*more than 500/],
    [{ text: 'lamp', replacement: '{{ lamp ' }, /content of node hall: line 1, column \d+/],
  ])('replaces nothing where that would break something: %j', async (input, message) => {
    const before = await fingerprint(talegraph.database);
    const error = await author.client.fail(REPLACE, { id: story.id, input });
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(error.message).toMatch(message);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('loses no edit that is made meanwhile', async () => {
    const titles = Array.from({ length: 10 }, (_, i) => `Yard ${i}`);
    const replacing = Array.from({ length: 5 }, (_, i) =>
      replace({
        text: i % 2 === 0 ? 'lamp' : 'lantern',
        replacement: i % 2 === 0 ? 'lantern' : 'lamp',
      }),
    );
    for (const title of titles) await author.updateNode('yard', { title });
    await author.addNode({ key: 'new', title: 'New', content: '', type: 'ENDING' });
    await Promise.all(replacing);
    expect((await find({ text: 'Yard 9', fields: ['TITLE'] })).totalCount).toBe(1);
    expect((await find({ text: 'New', fields: ['TITLE'] })).totalCount).toBe(1);
  });
});
