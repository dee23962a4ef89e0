import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { LIST_NAMES, newLists, type List, type Page } from './lists.js';

const keysOf = (nodes: readonly any[]): string[] => nodes.map((node) => node.key ?? node.user.key);

describe('the connection', () => {
  let talegraph: TestApp;
  let lists: ReadonlyMap<string, List>;
  beforeAll(async () => {
    talegraph = await startApp();
    lists = new Map((await newLists(talegraph)).map((list) => [list.name, list]));
  });
  afterAll(() => talegraph.close());

  it.each(LIST_NAMES)('%s gives each item once and in order, page by page', async (name) => {
    const list = lists.get(name)!;
    const { length } = list.keys;
    const pages: Page[] = [];
    for (let read = 0; read < length; read += 2) {
      const after = pages.at(-1)?.pageInfo.endCursor ?? null;
      pages.push(await list.read({ first: 2, after }));
    }
    expect(pages.flatMap(({ nodes }) => keysOf(nodes))).toEqual(list.keys);
    expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual(
      pages.map((_, i) => i < pages.length - 1),
    );
    for (const { totalCount, nodes, edges, pageInfo } of pages) {
      expect(totalCount).toBe(length);
      expect(edges.map(({ node }) => node)).toEqual(nodes);
      expect(pageInfo.endCursor).toBe(edges.at(-1)!.cursor);
    }
  });

  it.each(LIST_NAMES)('%s goes on after any of its items', async (name) => {
    const list = lists.get(name)!;
    const { edges } = await list.read({});
    for (const [i, { cursor }] of edges.entries()) {
      const { nodes } = await list.read({ after: cursor });
      expect(keysOf(nodes)).toEqual(list.keys.slice(i + 1));
    }
  });

  it.each(LIST_NAMES)('%s ends with an empty page', async (name) => {
    const list = lists.get(name)!;
    const { pageInfo } = await list.read({});
    expect(await list.read({ after: pageInfo.endCursor })).toEqual({
      totalCount: list.keys.length,
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each(LIST_NAMES)('%s holds 1 to 100 items a page', async (name) => {
    const list = lists.get(name)!;
    expect(keysOf((await list.read({ first: 1 })).nodes)).toEqual(list.keys.slice(0, 1));
    expect(keysOf((await list.read({ first: 100 })).nodes)).toEqual(list.keys);
    for (const [first, message] of [
      [0, 'must be at least 1'],
      [-1, 'must be at least 1'],
      [101, 'must be at most 100; page with `after`'],
    ] as const) {
      expect(await list.refusal({ first })).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'first', message }],
      });
    }
  });
});

describe('the count of a connection', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('is taken only when it is asked for', async () => {
    const { client, statements } = talegraph;
    const counts = async (query: string) =>
      (await statements.during(() => client.get(query))).filter((sql) => /count\(/i.test(sql));
    expect(await counts('{ stories { nodes { id } } }')).toHaveLength(0);
    expect(await counts('{ stories { totalCount } }')).toHaveLength(1);
  });
});
