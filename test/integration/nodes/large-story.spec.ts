import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';

const NODES = 10_000;
const PAGE = `query ($id: ID!, $after: String) { story(id: $id) { draft { nodes(first: 100, after: $after) {
  nodes { key title choices { text toNode { key } } } pageInfo { endCursor } } } } }`;
const MAP = `query ($id: ID!) { story(id: $id) {
  map(x: 200, y: 150, width: 200, height: 150) { nodes(first: 100) { totalCount nodes { key } } } } }`;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

const partsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(partsOf)];

describe('what is asked of a story of 10,000 nodes', () => {
  let talegraph: TestApp;
  let author: Author;
  let id: string;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    const story = await talegraph.factory.newStory(person);
    author = new Author(talegraph.client, person, story);
    ({ id } = story);
    await talegraph.database.query(
      `INSERT INTO story_nodes (story_id, node_key, node_title, content, node_type, is_starting_node, is_ending_node,
         position_x, position_y)
       SELECT $1, 'n' || i, 'Node ' || i, repeat('words ', 200) || i, 'story', false, false, i % 100 * 20, i / 100 * 15
       FROM generate_series(1, $2) AS i`,
      [story.storyId, NODES],
    );
    await talegraph.database.query('ANALYZE story_nodes');
  });
  afterAll(() => talegraph.close());

  /** How PostgreSQL comes by the nodes that some work asks for. */
  async function scans(work: () => Promise<unknown>): Promise<string[]> {
    const statements = await talegraph.statements.sentDuring(work);
    const used: string[] = [];
    for (const { text, values } of statements.filter((each) => each.text.includes('story_nodes'))) {
      const [explained] = await talegraph.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
        `EXPLAIN (FORMAT JSON) ${text}`,
        [...values],
      );
      for (const part of partsOf(explained!['QUERY PLAN'][0].Plan)) {
        const index = part['Index Name'];
        if (index?.startsWith('story_nodes')) used.push(index);
        if (part['Node Type'] === 'Seq Scan' && part['Relation Name'] === 'story_nodes')
          used.push('all nodes');
      }
    }
    return used;
  }

  it('is a page that an index leads to, the first and a later one', async () => {
    let after: string | null = null;
    for (const _ of [1, 2]) {
      const used = await scans(async () => {
        const { story } = await author.client.get<{
          story: { draft: { nodes: { pageInfo: { endCursor: string } } } };
        }>(PAGE, { id, after });
        after = story.draft.nodes.pageInfo.endCursor;
      });
      expect(used).toContain('story_nodes_pkey');
      expect(used).not.toContain('all nodes');
    }
  });

  it('is a part of the map that its index leads to', async () => {
    const used = await scans(() => author.client.get(MAP, { id }));
    expect(new Set(used)).toEqual(new Set(['story_nodes_position_idx']));
  });
});
