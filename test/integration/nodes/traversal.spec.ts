import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { keyOf } from '../../support/player.js';

type Shape = Readonly<Record<string, readonly string[]>>;

/** A draft whose every node leads to the next one and to one further on, round and round. */
const ring = (size: number): Shape =>
  Object.fromEntries(
    Array.from({ length: size }, (_, i) => [`n${i}`, [`n${(i + 1) % size}`, `n${(i + 4) % size}`]]),
  );

/** The fields of a node down to so many levels below it: choices, their targets, the choices of those, ... */
const node = (levels: number): string =>
  levels === 0 ? 'key' : `key choices { toNode { ${node(levels - 2)} } }`;

/** What {@link node} asks for, as `shape` has it. */
const told = (shape: Shape, key: string, levels: number): object =>
  levels === 0
    ? { key }
    : { key, choices: shape[key]!.map((to) => ({ toNode: told(shape, to, levels - 2) })) };

const draft = (levels: number) => `query ($id: ID!, $first: Int!) {
  story(id: $id) { draft { nodes(first: $first) { nodes { ${node(levels)} } } } }
}`;

describe('the traversal of a draft', () => {
  let talegraph: TestApp;
  let person: Person;
  let author: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
    person = await talegraph.factory.newAuthor();
    author = talegraph.client.as(person.token);
    await author.get('{ me { id } }');
  });
  afterAll(() => talegraph.close());

  const newDraft = async (nodes: Shape) =>
    (await talegraph.factory.newStory(person, { nodes, published: false })).id;

  const statements = async (levels: number, id: string, first: number): Promise<number> =>
    (await talegraph.statements.during(() => author.get(draft(levels), { id, first }))).length;

  it.each([2, 4, 6])('%i levels deep tells where every choice leads', async (levels) => {
    const shape = ring(20);
    const { story } = await author.get(draft(levels), { id: await newDraft(shape), first: 100 });
    expect(story.draft.nodes.nodes).toEqual(
      Object.keys(shape).map((key) => told(shape, key, levels)),
    );
  });

  it('costs as many statements 8 levels deep as 6', async () => {
    const id = await newDraft(ring(100));
    // The story, the page with two levels below it, and twice the choices and targets: by id, then for the whole draft.
    expect({
      2: await statements(2, id, 3),
      4: await statements(4, id, 3),
      6: await statements(6, id, 3),
      8: await statements(8, id, 3),
    }).toEqual({ 2: 2, 4: 4, 6: 6, 8: 6 });
  });

  it.each([2, 4, 6])(
    '%i levels deep costs as many statements for 100 nodes as for 10',
    async (levels) => {
      const [ten, hundred] = [await newDraft(ring(10)), await newDraft(ring(100))];
      expect(await statements(levels, hundred, 100)).toBe(await statements(levels, ten, 100));
    },
  );

  it('costs as many statements for a page of 100 nodes as for one of 10', async () => {
    const id = await newDraft(ring(110));
    expect(await statements(6, id, 100)).toBe(await statements(6, id, 10));
  });

  it('goes round a cycle, and ends at open choices and deleted targets', async () => {
    const { id, node: idOf } = await talegraph.factory.newStory(person, {
      nodes: { a: ['b', 'nowhere'], b: ['a', 'b', 'gone'], gone: ['a'] },
      published: false,
    });
    await author.get('mutation ($id: ID!) { deleteNode(id: $id) }', { id: idOf('gone') });
    const { story } = await author.get(
      `query ($id: ID!) { story(id: $id) { draft { startNode { ${node(4)} } } } }`,
      { id },
    );
    const open = { toNode: null };
    const [toA, toB] = [{ toNode: { key: 'a' } }, { toNode: { key: 'b' } }];
    expect(story.draft.startNode).toEqual({
      key: 'a',
      choices: [{ toNode: { key: 'b', choices: [toA, toB, open] } }, open],
    });
    const { story: deeper } = await author.get(
      `query ($id: ID!) { story(id: $id) { draft { node(key: "b") { ${node(6)} } } } }`,
      { id },
    );
    const a = { key: 'a', choices: [toB, open] };
    const b = { key: 'b', choices: [toA, toB, open] };
    expect(deeper.draft.node).toEqual({
      key: 'b',
      choices: [
        { toNode: { key: 'a', choices: [{ toNode: b }, open] } },
        { toNode: { key: 'b', choices: [{ toNode: a }, { toNode: b }, open] } },
        open,
      ],
    });
  });

  it('leads from choices both ways', async () => {
    const shape = ring(12);
    const { story } = await author.get(
      `query ($id: ID!) {
        story(id: $id) { draft { choices(first: 100) {
          nodes { fromNode { ${node(2)} } toNode { ${node(2)} } }
        } } }
      }`,
      { id: await newDraft(shape) },
    );
    expect(story.draft.choices.nodes).toEqual(
      Object.entries(shape).flatMap(([from, targets]) =>
        targets.map((to) => ({ fromNode: told(shape, from, 2), toNode: told(shape, to, 2) })),
      ),
    );
  });

  it('leads to where failing leads, in as many statements for 100 choices as for 1', async () => {
    const FAILING = `query ($id: ID!, $first: Int!) { story(id: $id) { draft { choices(first: $first) {
      nodes { toNode { key } failToNode { key } } } } } }`;
    const id = await newDraft(ring(50));
    await talegraph.database.query(
      `UPDATE choices SET fail_to_node_id = from_node_id
       WHERE from_node_id IN (SELECT node_id FROM story_nodes WHERE story_id = $1) AND choice_letter = 'A'`,
      [keyOf(id)],
    );
    const told = async (first: number) => {
      const { story } = await author.get(FAILING, { id, first });
      return story.draft.choices.nodes;
    };
    expect((await told(3)).slice(0, 2)).toEqual([
      { toNode: { key: 'n1' }, failToNode: { key: 'n0' } },
      { toNode: { key: 'n4' }, failToNode: null },
    ]);
    const [one, all] = [
      await talegraph.statements.during(() => told(1)),
      await talegraph.statements.during(() => told(100)),
    ];
    expect(all).toHaveLength(one.length);
  });

  it('keeps the drafts of several stories in one query apart', async () => {
    const [one, two] = [ring(7), { x: ['y'], y: ['z'], z: ['x'] }];
    const data = await author.get(
      `query ($one: ID!, $two: ID!) {
        one: story(id: $one) { draft { startNode { ${node(6)} } } }
        two: story(id: $two) { draft { startNode { ${node(6)} } } }
      }`,
      { one: await newDraft(one), two: await newDraft(two) },
    );
    expect(data.one.draft.startNode).toEqual(told(one, 'n0', 6));
    expect(data.two.draft.startNode).toEqual(told(two, 'x', 6));
  });
});
