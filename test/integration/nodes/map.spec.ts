import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../../src/config/project-root.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';

const MAP = `query ($id: ID!, $x: Float!, $y: Float!, $width: Float!, $height: Float!, $first: Int, $after: String) {
  story(id: $id) { map(x: $x, y: $y, width: $width, height: $height) {
    nodes(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { key title type isStart chapter position { x y }
        leaving { letter isFailure nodeId position { x y } }
        arriving { letter isFailure nodeId position { x y } } } }
    tiles(columns: 2, rows: 2) { x y width height nodeCount chapter } } } }`;
const UNPLACED = `query ($id: ID!) { story(id: $id) { draft {
  unplacedNodes(first: 1) { totalCount nodes { key position { x } } pageInfo { hasNextPage } } } } }`;
const MOVE = `mutation ($id: ID!, $input: MoveNodesInput!) { moveNodes(storyId: $id, input: $input) { count } }`;

describe('the map of a draft', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let author: Author;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const person = await talegraph.factory.newAuthor();
    const nodes = {
      hall: ['yard', 'far'],
      yard: ['hall', 'end'],
      far: ['yard'],
      lost: ['end'],
      end: [],
    };
    story = await talegraph.factory.newStory(person, { nodes });
    author = new Author(talegraph.client, person, story);
    const places = { hall: [0, 0], yard: [10, 0], far: [100, 90], end: [10, 10] };
    await author.client.get(MOVE, {
      id: story.id,
      input: {
        nodes: Object.entries(places).map(([key, [x, y]]) => ({
          id: story.node(key),
          position: { x, y },
        })),
      },
    });
    await author.updateNode('yard', { chapter: 'Out' });
  });

  const map = async (area: object, page: object = {}): Promise<any> =>
    (await author.client.get(MAP, { id: story.id, ...area, ...page })).story.map;
  const NEAR = { x: 0, y: 0, width: 20, height: 20 };
  const keys = (answer: any): string[] => answer.nodes.nodes.map(({ key }: any) => key as string);

  it('shows the nodes of a part, with the ways that lead out of it and into it', async () => {
    const { nodes } = await map(NEAR);
    expect(nodes.totalCount).toBe(3);
    expect(nodes.nodes.map(({ key }: any) => key as string)).toEqual(['hall', 'yard', 'end']);
    const edge = (letter: string, key: string, x: number, y: number) => ({
      ...{ letter, isFailure: false, nodeId: story.node(key), position: { x, y } },
    });
    expect(nodes.nodes[1]).toEqual({
      ...{ key: 'yard', title: 'Title of yard', type: 'CHOICE', isStart: false, chapter: 'Out' },
      position: { x: 10, y: 0 },
      leaving: [edge('A', 'hall', 0, 0), edge('B', 'end', 10, 10)],
      arriving: [edge('A', 'hall', 0, 0), edge('A', 'far', 100, 90)],
    });
    expect(nodes.nodes[0].leaving).toEqual([edge('A', 'yard', 10, 0), edge('B', 'far', 100, 90)]);
    await author.deleteNode('far');
    const { nodes: after } = await map(NEAR);
    expect(after.nodes[0].leaving).toEqual([edge('A', 'yard', 10, 0)]);
    expect(after.nodes[1].arriving).toEqual([edge('A', 'hall', 0, 0)]);
  });

  it('tells it a page at a time, left to right', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await map({ x: -5, y: -5, width: 200, height: 200 }, { first: 1, after });
      seen.push(...keys(page));
      if (!page.nodes.pageInfo.hasNextPage) break;
      after = page.nodes.pageInfo.endCursor;
    }
    expect(seen).toEqual(['hall', 'yard', 'end', 'far']);
  });

  it('tells from afar how many nodes stand where, those on the last edge too', async () => {
    const { tiles } = await map({ x: 0, y: 0, width: 100, height: 90 });
    expect(tiles).toEqual([
      { x: 0, y: 0, width: 50, height: 45, nodeCount: 3, chapter: 'Out' },
      { x: 50, y: 45, width: 50, height: 45, nodeCount: 1, chapter: null },
    ]);
  });

  it('tells which nodes stand nowhere yet', async () => {
    const { unplacedNodes } = (await author.client.get(UNPLACED, { id: story.id })).story.draft;
    expect(unplacedNodes).toEqual({
      totalCount: 1,
      nodes: [{ key: 'lost', position: null }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('is nothing for those who do not work on the story, nor of no size', async () => {
    const reader = await talegraph.factory.newReader();
    const { story: seen } = await talegraph.client
      .as(reader.token)
      .get(MAP, { id: story.id, ...NEAR });
    expect(seen).toEqual({ map: null });
    const error = await author.client.fail(MAP, { id: story.id, ...NEAR, width: 0 });
    expect(error.extensions.fields).toEqual([{ path: 'width', message: 'must be more than 0' }]);
  });

  it('is shown by the query of the API guide, with the page that it names', async () => {
    const guide = readFileSync(join(projectRoot, 'docs', 'api.md'), 'utf8');
    const [query] = /^query Map\(.*?^}$/ms.exec(guide) ?? [];
    expect(query).toContain('nodes(first: 500)');
    const { story: shown } = await author.client.get(query!, { id: story.id });
    expect(shown.map.nodes.nodes).toEqual(expect.any(Array));
  });
});
