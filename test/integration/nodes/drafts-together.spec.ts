import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../src/database/database.js';
import { DraftReadRepository } from '../../../src/nodes/drafts/draft-read.repository.js';
import { WHOLE_NODES } from '../../../src/nodes/drafts/draft-shape.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { keyOf } from '../../support/player.js';

const NODE = `query ($id: ID!, $key: String!) { story(id: $id) { draft { node(key: $key) {
  key choices { text toNode { key } }
} } } }`;
const KEYS = ['hall', 'yard', 'end'];

describe('nodes of drafts that are asked for at the same moment', () => {
  let talegraph: TestApp;
  const drafts: { author: Person; story: MadeStory }[] = [];
  beforeAll(async () => {
    talegraph = await startApp();
    for (let i = 0; i < 3; i++) {
      const author = await talegraph.factory.newAuthor();
      const story = await talegraph.factory.newStory(author, {
        nodes: { hall: ['yard', 'end'], yard: ['hall'], end: [] },
      });
      drafts.push({ author, story });
    }
  });
  afterAll(() => talegraph.close());

  const reads = () => talegraph.app.get(DraftReadRepository);

  const readAll = () =>
    Promise.all(
      drafts.flatMap(({ story }) =>
        KEYS.map((key) => reads().byKey([keyOf(story.id)], key, WHOLE_NODES)),
      ),
    );

  const all = () =>
    drafts.flatMap(({ story }) =>
      KEYS.map((nodeKey) => [
        { nodeKey, storyId: keyOf(story.id), nodeId: keyOf(story.node(nodeKey)) },
      ]),
    );

  it('are one statement, and each gets its own', async () => {
    let nodes: unknown;
    const sent = await talegraph.statements.during(async () => {
      nodes = await readAll();
    });
    expect(nodes).toMatchObject(all());
    expect(sent).toHaveLength(1);
  });

  it('are read in their transaction, where they are asked for in one', async () => {
    const database = talegraph.app.get(Database);
    const [{ story }] = drafts as [(typeof drafts)[0]];
    const undone = database.transaction(async () => {
      await database.query(`UPDATE story_nodes SET node_title = 'Undone' WHERE node_id = $1`, [
        keyOf(story.node('hall')),
      ]);
      const [node] = await reads().byKey([keyOf(story.id)], 'hall', WHOLE_NODES);
      throw new Error(node!.nodeTitle);
    });
    await expect(undone).rejects.toThrow('Undone');
  });

  it.each(['a\0b', 'a\ud83d'])(
    'are told though one is asked for by what no key can be, which is asked of nobody: %j',
    async (key) => {
      const [{ story }] = drafts as [(typeof drafts)[0]];
      let told: unknown;
      const sent = await talegraph.statements.during(async () => {
        told = await Promise.all([readAll(), reads().byKey([keyOf(story.id)], key, WHOLE_NODES)]);
      });
      expect(told).toMatchObject([all(), []]);
      expect(sent).toHaveLength(1);
    },
  );

  it('show each author their own draft, and nobody another’s', async () => {
    const asked = drafts.flatMap(({ author }, i) =>
      drafts.flatMap(({ story }, j) =>
        KEYS.map(async (key) => {
          const client = talegraph.client.as(author.token);
          const { data } = await client.send(NODE, { id: story.id, key });
          return { isOwn: i === j, key, node: data.story.draft?.node ?? null };
        }),
      ),
    );
    for (const { isOwn, key, node } of await Promise.all(asked))
      expect(node).toEqual(isOwn ? expect.objectContaining({ key }) : null);
  });
});
