import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf, dataOf } from '../../support/at-once.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const FIELDS = `id letter text consequences order revision condition lockedText check failToNodeId
  afterSeconds effects { op target value } puzzle { kind answers attempts hints }`;
const ADD = `mutation ($from: ID!, $input: AddChoiceInput!) {
  addChoice(fromNodeId: $from, input: $input) { ${FIELDS} fromNode { key } toNode { key } }
}`;
const UPDATE = `mutation ($id: ID!, $input: UpdateChoiceInput!) {
  updateChoice(id: $id, input: $input) { ${FIELDS} toNode { key } }
}`;
const DELETE = `mutation ($id: ID!, $revision: Int) { deleteChoice(id: $id, revision: $revision) }`;
const CHOICES = `query ($id: ID!) {
  story(id: $id) { draft { node(key: "start") { choices { ${FIELDS} toNode { key } } } } }
}`;

const NO_RULES = {
  condition: null,
  lockedText: null,
  effects: [],
  check: null,
  puzzle: null,
  failToNodeId: null,
  afterSeconds: null,
};

describe('the choices of a draft', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
  });
  beforeEach(async () => {
    // Endings may have choices while they are drafts, so `start` begins with none.
    story = await talegraph.factory.newStory(person, {
      nodes: { start: [], end: [] },
      published: false,
    });
  });
  afterAll(() => talegraph.close());

  const add = async (text: string, input: object = {}) =>
    (await author.get(ADD, { from: story.node('start'), input: { text, ...input } })).addChoice;
  const update = async (id: string, input: object) =>
    (await author.get(UPDATE, { id, input })).updateChoice;
  const choices = async (): Promise<any[]> =>
    (await author.get(CHOICES, { id: story.id })).story.draft.node.choices;
  /** Such as `['A1 stay', 'B2 go']`: letter, order and text of each, as they stand. */
  const places = async () =>
    (await choices()).map(({ letter, order, text }) => `${letter}${order} ${text}`);

  describe('addChoice', () => {
    it('adds a choice as given', async () => {
      const choice = await add(' Go on ', { toNodeId: story.node('end'), consequences: ' Bang. ' });
      expect(choice).toEqual({
        ...NO_RULES,
        id: expect.stringMatching(/^cho_\d+$/),
        letter: 'A',
        text: 'Go on',
        consequences: 'Bang.',
        order: 1,
        revision: 1,
        fromNode: { key: 'start' },
        toNode: { key: 'end' },
      });
      const { fromNode: _, ...told } = choice;
      expect(await choices()).toEqual([told]);
    });

    it('leaves open where it leads, and what it brings about, unless told', async () => {
      expect(await add('Somewhere')).toMatchObject({ toNode: null, consequences: null });
      expect(await add('There', { toNodeId: null, consequences: '  ' })).toMatchObject({
        toNode: null,
        consequences: null,
      });
    });

    it('letters choices from A in the order in which they come', async () => {
      for (const text of ['one', 'two', 'three']) await add(text);
      expect(await places()).toEqual(['A1 one', 'B2 two', 'C3 three']);
    });

    it('makes room at the place asked for', async () => {
      await add('one');
      await add('two');
      expect(await add('first', { order: 1 })).toMatchObject({ letter: 'A', order: 1 });
      expect(await add('middle', { order: 3 })).toMatchObject({ letter: 'C', order: 3 });
      expect(await add('last', { order: 99 })).toMatchObject({ letter: 'E', order: 5 });
      expect(await places()).toEqual(['A1 first', 'B2 one', 'C3 middle', 'D4 two', 'E5 last']);
    });

    it('goes on with AA after Z', async () => {
      for (let i = 1; i <= 27; i++) await add(`choice ${i}`);
      const all = await choices();
      expect(all.map(({ letter }) => letter).join(' ')).toBe(
        'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z AA',
      );
      expect(all.map(({ text }) => text)).toEqual(
        Array.from({ length: 27 }, (_, i) => `choice ${i + 1}`),
      );
      await author.get(DELETE, { id: all[0].id });
      expect((await choices()).at(-1)).toMatchObject({ letter: 'Z', order: 26, text: 'choice 27' });
    });

    it('gives 20 choices added at the same time the letters A to T, each once', async () => {
      const answers = await atOnce(author, 20, ADD, (i) => ({
        from: story.node('start'),
        input: { text: `choice ${i}` },
      }));
      expect(codesOf(answers)).toEqual([]);
      const all = await choices();
      expect(all.map(({ letter }) => letter).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
      expect(all.map(({ order }) => order)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(new Set(all.map(({ text }) => text)).size).toBe(20);
    });

    it('leaves no gap when choices are added at the front at the same time', async () => {
      await add('last');
      const answers = await atOnce(author, 10, ADD, (i) => ({
        from: story.node('start'),
        input: { text: `choice ${i}`, order: 1 },
      }));
      expect(codesOf(answers)).toEqual([]);
      const all = await choices();
      expect(all.map(({ letter }) => letter).join('')).toBe('ABCDEFGHIJK');
      expect(all.at(-1)).toMatchObject({ text: 'last' });
    });

    it('tells everything that is wrong at once, and writes nothing', async () => {
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(ADD, {
        from: story.node('start'),
        input: { text: ' ', consequences: 'x'.repeat(2001), order: 0 },
      });
      expect(extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.text', message: 'must not be empty, nor have more than 500 characters' },
          { path: 'input.consequences', message: 'must not have more than 2000 characters' },
          { path: 'input.order', message: 'must be 1 or more' },
        ],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
  });

  describe('the target', () => {
    it('must be a node of the same story that is still there', async () => {
      const { id } = await add('Go', { toNodeId: story.node('end') });
      const other = await talegraph.factory.newStory(person, { published: false });
      const gone = await talegraph.factory.newStory(person, { published: false });
      await author.get(`mutation ($id: ID!) { deleteNode(id: $id) }`, { id: gone.node('end') });
      const before = await fingerprint(talegraph.database);
      for (const toNodeId of [other.node('start'), gone.node('end'), 'nod_999999']) {
        const refusals = [
          await author.fail(ADD, { from: story.node('start'), input: { text: 'X', toNodeId } }),
          await author.fail(UPDATE, { id, input: { revision: 1, toNodeId } }),
        ];
        for (const { extensions } of refusals) {
          expect(extensions).toEqual({
            code: 'BAD_USER_INPUT',
            fields: [{ path: 'input.toNodeId', message: 'must be a node of the same story' }],
          });
        }
      }
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('may be the node itself, is opened by null, and stays when left out', async () => {
      const { id } = await add('Go', { toNodeId: story.node('end') });
      const turned = await update(id, { revision: 1, toNodeId: story.node('start') });
      expect(turned).toMatchObject({ toNode: { key: 'start' }, revision: 2 });
      const renamed = await update(id, { revision: 2, text: 'Stay' });
      expect(renamed).toMatchObject({ toNode: { key: 'start' }, text: 'Stay' });
      const opened = await update(id, { revision: 3, toNodeId: null });
      expect(opened).toMatchObject({ toNode: null, text: 'Stay' });
    });
  });

  describe('updateChoice', () => {
    it('moves a choice; the others close up in their order', async () => {
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three', 'four']) ids.push((await add(text)).id);
      expect(await update(ids[3]!, { revision: 1, order: 2 })).toMatchObject({
        letter: 'B',
        order: 2,
        revision: 2,
      });
      expect(await places()).toEqual(['A1 one', 'B2 four', 'C3 two', 'D4 three']);
      await update(ids[0]!, { revision: 1, order: 3 });
      expect(await places()).toEqual(['A1 four', 'B2 two', 'C3 one', 'D4 three']);
      await update(ids[1]!, { revision: 1, order: 50 });
      expect(await places()).toEqual(['A1 four', 'B2 one', 'C3 three', 'D4 two']);
    });

    it('refuses a change on an older revision, and neither changes nor moves anything', async () => {
      await add('one');
      const { id } = await add('two');
      const first = await update(id, {
        revision: 1,
        text: 'First',
        puzzle: { kind: 'NUMBER', answers: ['7'], attempts: null, hints: [] },
      });
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(UPDATE, {
        id,
        input: { revision: 1, text: 'Second', order: 1 },
      });
      expect(extensions).toEqual({
        code: 'CONFLICT',
        current: {
          ...(({ toNode: _, ...rest }) => rest)(first),
          toNodeId: null,
          updatedAt: expect.any(String),
          updatedBy: { id: person.id, username: person.username },
        },
        changedFields: ['puzzle', 'text'],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });

    it('lets one of 10 changes on the same revision win, and refuses the others', async () => {
      const { id } = await add('contended');
      const answers = await atOnce(author, 10, UPDATE, (i) => ({
        id,
        input: { revision: 1, text: `Racer ${i}` },
      }));
      const winners = dataOf(answers);
      expect(winners).toHaveLength(1);
      expect(codesOf(answers)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
      expect(await choices()).toEqual([winners[0].updateChoice]);
    });

    it.each(['text', 'order'])('refuses null for %s, and changes nothing', async (field) => {
      const { id } = await add('Go');
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(UPDATE, {
        id,
        input: { revision: 1, [field]: null },
      });
      expect(extensions.code).toBe('BAD_USER_INPUT');
      const paths = (extensions.fields as { path: string }[]).map(({ path }) => path);
      expect(new Set(paths)).toEqual(new Set([`input.${field}`]));
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
  });

  describe('deleteChoice', () => {
    it('closes the gap', async () => {
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three', 'four']) ids.push((await add(text)).id);
      expect(await author.get(DELETE, { id: ids[1] })).toEqual({ deleteChoice: true });
      expect(await places()).toEqual(['A1 one', 'B2 three', 'C3 four']);
      await author.get(DELETE, { id: ids[0] });
      expect(await places()).toEqual(['A1 three', 'B2 four']);
      expect(await add('five')).toMatchObject({ letter: 'C', order: 3 });
    });

    it('is refused on another revision, and deletes nothing', async () => {
      const { id } = await add('one');
      await add('two');
      await update(id, { revision: 1, text: 'Changed' });
      const before = await fingerprint(talegraph.database);
      const { extensions } = await author.fail(DELETE, { id, revision: 1 });
      expect(extensions).toMatchObject({
        code: 'CONFLICT',
        current: { id, text: 'Changed', revision: 2 },
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
      expect(await author.get(DELETE, { id, revision: 2 })).toEqual({ deleteChoice: true });
      expect((await author.fail(DELETE, { id })).extensions).toMatchObject({
        code: 'CONFLICT',
        deletion: { changeId: expect.any(String) },
      });
      expect(await places()).toEqual(['A1 two']);
    });

    it('deletes once, and leaves no gap, when 5 calls delete two choices at the same time', async () => {
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three']) ids.push((await add(text)).id);
      const answers = await atOnce(author, 5, DELETE, (i) => ({ id: ids[i % 2] }));
      expect(dataOf(answers)).toHaveLength(2);
      expect(codesOf(answers)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
      expect(await places()).toEqual(['A1 three']);
    });
  });

  it('are for the author alone: others change nothing', async () => {
    const other = talegraph.client.as((await talegraph.factory.newAuthor()).token);
    const draft = await talegraph.factory.newStory(person, { published: false });
    const published = await talegraph.factory.newStory(person);
    const before = await fingerprint(talegraph.database);
    for (const [{ node, choice }, code] of [
      [draft, 'NOT_FOUND'],
      [published, 'FORBIDDEN'],
    ] as const) {
      const id = choice('start', 'end');
      const refusals = [
        await other.fail(ADD, { from: node('start'), input: { text: 'Mine' } }),
        await other.fail(UPDATE, { id, input: { revision: 1, text: 'Mine' } }),
        await other.fail(DELETE, { id }),
      ];
      expect(refusals.map(({ extensions }) => extensions)).toEqual([{ code }, { code }, { code }]);
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });
});
