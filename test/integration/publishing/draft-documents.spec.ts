import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DraftDocuments } from '../../../src/publishing/documents/draft-documents.js';
import type { StoryDocument } from '../../../src/publishing/formats/story-document.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';

const CAVE: StoryDocument = {
  slug: 'the-cave',
  title: 'The Cave',
  description: 'Down you go.',
  category: 'fantasy',
  difficulty: 'hard',
  tags: ['dark'],
  language: 'pt-BR',
  spoilerGuard: true,
  schema: {
    variables: [{ name: 'gold', type: 'int', initial: 1, min: 0 }],
    protagonists: [{ key: 'ann', name: 'Ann', start: 'hall' }],
    endings: [{ key: 'out', name: 'Out' }],
    undo: true,
  },
  nodes: [
    {
      key: 'mouth',
      title: 'The mouth',
      content: 'It is **dark**.',
      type: 'choice',
      start: true,
      effects: [{ op: 'add', target: 'gold', value: '1' }],
      position: { x: -1.5, y: 2 },
      tags: ['first', 'cave'],
      chapter: 'One',
      choices: [
        {
          text: 'Go in',
          to: 'hall',
          consequences: 'You slip.',
          condition: 'gold >= 1',
          lockedText: 'Too poor.',
          effects: [{ op: 'sub', target: 'gold', value: '1' }],
          check: '1d6 >= 3',
          failTo: 'exit',
          afterSeconds: 30,
        },
        {
          text: 'Say the word',
          to: 'exit',
          puzzle: { kind: 'text', answers: ['friend'], attempts: 2, hints: ['Speak.'] },
        },
        { text: 'Wait' },
      ],
    },
    {
      key: 'hall',
      title: 'The hall',
      content: '',
      type: 'story',
      choices: [{ text: 'Out', to: 'exit' }],
    },
    {
      key: 'exit',
      title: 'The exit',
      content: 'Light!',
      type: 'ending',
      endingKind: 'good',
      ending: 'out',
    },
  ],
};

const TWINE: NonNullable<StoryDocument['twine']> = {
  story: {
    name: 'Cave',
    ifid: 'D674C58C-DEFA-4F70-B7A2-27742230C0FC',
    passages: [
      { name: 'StoryScript', tags: ['script'], text: 'window.x = 1' },
      { name: 'The mouth', tags: [], text: '[[Go in->The hall]]' },
      { name: 'The hall', tags: [], text: '[[Out->The exit]]' },
    ],
  },
  nodes: [null, 'mouth', 'hall'],
};

describe('drafts as documents', () => {
  let talegraph: TestApp;
  let documents: DraftDocuments;
  let author: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    documents = talegraph.app.get(DraftDocuments);
    author = await talegraph.factory.newAuthor();
  });
  afterAll(() => talegraph.close());

  const write = (document: StoryDocument, storyId?: number) =>
    documents.write(author.viewer, document, { storyId });

  const idsOf = async (storyId: number) => {
    const rows: { id: string; key: string }[] = await talegraph.database.query(
      `SELECT node_id AS id, node_key AS key FROM story_nodes WHERE story_id = $1 AND deleted_at IS NULL
       UNION ALL
       SELECT choice_id, node_key || ': ' || choice_text FROM choices JOIN story_nodes ON node_id = from_node_id
       WHERE story_id = $1 AND choices.deleted_at IS NULL`,
      [storyId],
    );
    return Object.fromEntries(rows.map(({ id, key }) => [key, id]));
  };

  it('come out as they went in', async () => {
    const { storyId, action } = await write({ ...CAVE, slug: 'cave-in', twine: TWINE });
    expect(action).toBe('created');
    expect(await documents.read(storyId)).toEqual({ ...CAVE, slug: 'cave-in', twine: TWINE });
  });

  it('are new stories under a free slug, with what they lack', async () => {
    const { storyId } = await write({ title: 'Bare', nodes: [] });
    expect(await documents.read(storyId)).toEqual({
      slug: 'bare',
      title: 'Bare',
      description: 'Bare',
      category: 'other',
      difficulty: 'medium',
      tags: [],
      language: 'en',
      spoilerGuard: false,
      nodes: [],
    });
  });

  it('change nothing when they are written again', async () => {
    const { storyId } = await write({ ...CAVE, slug: 'again', twine: TWINE });
    const history = `SELECT count(*)::int AS count FROM draft_changes WHERE story_id = $1`;
    const before = await talegraph.database.query(history, [storyId]);
    expect(await write(await documents.read(storyId), storyId)).toEqual({
      storyId,
      action: 'unchanged',
    });
    expect(await talegraph.database.query(history, [storyId])).toEqual(before);
  });

  it('keep the ids of nodes by key, and of choices by target and text, target, text and place', async () => {
    const target = (key: string) => ({ key, title: key, content: '', type: 'story' as const });
    const story = (choices: { text: string; to?: string }[]): StoryDocument => ({
      title: 'Matching',
      nodes: [{ ...target('a'), choices }, target('b'), target('c')],
    });
    const { storyId } = await write(
      story([
        { text: 'same', to: 'b' },
        { text: 'old text', to: 'c' },
        { text: 'moved', to: 'b' },
        { text: 'fourth' },
        { text: 'gone' },
      ]),
    );
    const before = await idsOf(storyId);
    const { action } = await write(
      story([
        { text: 'new text', to: 'c' },
        { text: 'moved' },
        { text: 'same', to: 'b' },
        { text: 'instead of the fourth' },
      ]),
      storyId,
    );
    expect(action).toBe('updated');
    expect(await idsOf(storyId)).toEqual({
      a: before.a,
      b: before.b,
      c: before.c,
      'a: same': before['a: same'],
      'a: new text': before['a: old text'],
      'a: moved': before['a: moved'],
      'a: instead of the fourth': before['a: fourth'],
    });
  });

  it('bring back what was deleted, under its id', async () => {
    const { storyId } = await write({ ...CAVE, slug: 'back' });
    const before = await idsOf(storyId);
    await write({ ...CAVE, slug: 'back', nodes: CAVE.nodes.slice(1) }, storyId);
    expect(Object.keys(await idsOf(storyId)).sort()).toEqual(['exit', 'hall', 'hall: Out']);
    await write({ ...CAVE, slug: 'back' }, storyId);
    expect(await idsOf(storyId)).toEqual(before);
  });

  it('keep places, details and the Twine source where a document has none', async () => {
    const { storyId } = await write({ ...CAVE, slug: 'kept', twine: TWINE });
    const [{ position: _, ...mouth }, ...others] = CAVE.nodes as [StoryDocument['nodes'][0]];
    const { slug, title, schema } = { ...CAVE, slug: 'kept' };
    const { action } = await write(
      { slug, title, schema, nodes: [{ ...mouth, tags: [], chapter: '' }, ...others] },
      storyId,
    );
    expect(action).toBe('updated');
    const { tags: __, chapter: ___, ...unmarked } = CAVE.nodes[0]!;
    expect(await documents.read(storyId)).toEqual({
      ...CAVE,
      slug: 'kept',
      nodes: [unmarked, ...others],
      twine: TWINE,
    });
  });

  it('tell which passages are no longer what their nodes are', async () => {
    const { storyId } = await write({ ...CAVE, slug: 'edited', twine: TWINE });
    const sql = (text: string) => talegraph.database.query(text, [storyId]);
    await sql(`UPDATE story_nodes SET content = 'New.' WHERE story_id = $1 AND node_key = 'mouth'`);
    await sql(`UPDATE story_nodes SET node_key = 'room' WHERE story_id = $1 AND node_key = 'hall'`);
    const twine = { ...TWINE, nodes: [null, 'mouth', 'room'], edited: ['mouth'] };
    const read = await documents.read(storyId);
    expect(read.twine).toEqual(twine);
    const copy = await write({ ...read, slug: 'edited-copy' });
    expect((await documents.read(copy.storyId)).twine).toEqual(twine);
    await sql(
      `UPDATE story_nodes SET deleted_at = now() WHERE story_id = $1 AND node_key = 'room'`,
    );
    expect((await documents.read(storyId)).twine).toEqual({
      story: { ...TWINE.story, passages: TWINE.story.passages.slice(0, 2) },
      nodes: [null, 'mouth'],
      edited: ['mouth'],
    });
  });

  it('leave a choice open whose target was deleted, until that is taken back', async () => {
    const { storyId } = await write({ ...CAVE, slug: 'lost' });
    const exit = `UPDATE story_nodes SET deleted_at = $2 WHERE story_id = $1 AND node_key = 'exit'`;
    await talegraph.database.query(exit, [storyId, new Date()]);
    const read = await documents.read(storyId);
    expect(read.nodes[0]!.choices![1]).not.toHaveProperty('to');
    expect((await write(read, storyId)).action).toBe('unchanged');
    await talegraph.database.query(exit, [storyId, null]);
    expect(await documents.read(storyId)).toEqual({ ...CAVE, slug: 'lost' });
  });
});
