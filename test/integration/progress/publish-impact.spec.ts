import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { MadeStory } from '../../support/factory.js';
import { Playthrough } from '../../support/playthrough.js';

const IMPACT = `query ($id: ID!) { publishImpact(storyId: $id) {
  playthroughs unaffected movable staying
  nodes(first: 50) { totalCount nodes { nodeKey movable obstacles { obstacle playthroughs } losses } } } }`;

describe('the impact of a publication', () => {
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
      nodes: { hall: ['yard', 'cellar'], yard: ['gate'], cellar: ['gate'], gate: ['end'], end: [] },
      published: false,
    });
    author = new Author(talegraph.client, person, story);
    await author.define({
      variables: [{ name: 'gold', type: 'INT', initial: 0, max: 9 }],
      items: [{ key: 'rope', name: 'Rope' }],
    });
    await author.updateNode('yard', {
      effects: [
        { op: 'ADD', target: 'gold', value: '5' },
        { op: 'GIVE', target: 'rope' },
      ],
    });
    await author.publish();
  });

  const impact = async (): Promise<any> =>
    (await author.client.get(IMPACT, { id: story.id })).publishImpact;

  /** Somebody who has come by these nodes. */
  async function readerAt(...path: string[]): Promise<void> {
    const play = await Playthrough.begin(talegraph, story);
    let from = 'hall';
    for (const [step, to] of path.entries()) {
      await play.choose(step, from, to);
      from = to;
    }
  }

  it('is none where nobody reads, or nothing has changed', async () => {
    expect(await impact()).toMatchObject({ playthroughs: 0, nodes: { nodes: [] } });
    await readerAt('yard');
    expect(await impact()).toEqual({
      playthroughs: 1,
      unaffected: 1,
      movable: 0,
      staying: 0,
      nodes: { totalCount: 0, nodes: [] },
    });
  });

  it('is told node by node, with who could move, what they would lose, and why others could not', async () => {
    await readerAt();
    await readerAt('yard');
    await readerAt('yard');
    await readerAt('cellar');
    await readerAt('yard', 'gate');
    await readerAt('cellar', 'gate');
    await readerAt('yard', 'gate', 'end');
    await author.define({ variables: [{ name: 'gold', type: 'INT', initial: 0, max: 3 }] });
    await author.updateNode('yard', { effects: [{ op: 'ADD', target: 'gold', value: '3' }] });
    await author.deleteChoice('hall', 'cellar');
    await author.deleteNode('cellar');
    await author.updateChoice('gate', 'end', { condition: 'gold > 2' });
    const before = await fingerprint(talegraph.database);
    expect(await impact()).toEqual({
      playthroughs: 6,
      unaffected: 0,
      movable: 4,
      staying: 2,
      nodes: {
        totalCount: 4,
        nodes: [
          { nodeKey: 'hall', movable: 1, obstacles: [], losses: [] },
          { nodeKey: 'yard', movable: 2, obstacles: [], losses: ['inventory.rope'] },
          {
            nodeKey: 'cellar',
            movable: 0,
            obstacles: [{ obstacle: 'NODE_GONE', playthroughs: 1 }],
            losses: [],
          },
          {
            nodeKey: 'gate',
            movable: 1,
            obstacles: [{ obstacle: 'STUCK', playthroughs: 1 }],
            losses: ['inventory.rope'],
          },
        ],
      },
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('counts more playthroughs than are looked at in one go', async () => {
    await talegraph.database.query(
      `INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed)
       SELECT author_id, story_id, published_version_id, node_id,
         jsonb_build_object('node', node_id, 'turn', 0), gen_random_uuid()
       FROM stories JOIN story_nodes USING (story_id), generate_series(1, 1234)
       WHERE story_id = $1 AND node_key = 'gate'`,
      [story.storyId],
    );
    await author.updateNode('gate', { title: 'The Gate' });
    expect(await impact()).toMatchObject({ playthroughs: 1234, movable: 1234, staying: 0 });
  });
});
