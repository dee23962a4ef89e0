import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { MadeStory } from '../../support/factory.js';
import { Playthrough } from '../../support/playthrough.js';

const IMPACT = `query ($id: ID!, $input: PublishImpactInput) { publishImpact(storyId: $id, input: $input) {
  playthroughs unaffected movable staying
  nodes(first: 50) { totalCount nodes { nodeKey movable replaced obstacles { obstacle playthroughs } losses } } } }`;

interface Replacement {
  readonly fromNodeId: string;
  readonly toNodeId: string;
}

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

  const impact = async (map?: readonly Replacement[]): Promise<any> =>
    (await author.client.get(IMPACT, { id: story.id, ...(map && { input: { map } }) }))
      .publishImpact;

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
          { nodeKey: 'hall', movable: 1, replaced: 0, obstacles: [], losses: [] },
          {
            nodeKey: 'yard',
            movable: 2,
            replaced: 0,
            obstacles: [],
            losses: ['inventory.rope'],
          },
          {
            nodeKey: 'cellar',
            movable: 0,
            replaced: 0,
            obstacles: [{ obstacle: 'NODE_GONE', playthroughs: 1 }],
            losses: [],
          },
          {
            nodeKey: 'gate',
            movable: 1,
            replaced: 0,
            obstacles: [{ obstacle: 'STUCK', playthroughs: 1 }],
            losses: ['inventory.rope'],
          },
        ],
      },
    });
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  describe('with a map', () => {
    const to = (from: string, key: string): Replacement => ({
      fromNodeId: story.node(from),
      toNodeId: story.node(key),
    });

    beforeEach(async () => {
      await readerAt('yard');
      await readerAt('cellar');
      await readerAt('cellar');
      await author.deleteChoice('hall', 'cellar');
      await author.deleteNode('cellar');
    });

    it('tells who would go on at a replacement, and who stays without it', async () => {
      const yard = { nodeKey: 'yard', movable: 1, replaced: 0, obstacles: [] };
      const gone = [{ obstacle: 'NODE_GONE', playthroughs: 2 }];
      const staying = {
        playthroughs: 3,
        unaffected: 0,
        movable: 1,
        staying: 2,
        nodes: { nodes: [yard, { nodeKey: 'cellar', movable: 0, replaced: 0, obstacles: gone }] },
      };
      expect(await impact()).toMatchObject(staying);
      expect(await impact([])).toMatchObject(staying);
      expect(await impact([to('hall', 'gate')])).toMatchObject(staying);
      expect(await impact([to('cellar', 'gate'), to('yard', 'hall')])).toMatchObject({
        ...staying,
        movable: 3,
        staying: 0,
        // Who can go on in the yard does, whatever the map says.
        nodes: { nodes: [yard, { nodeKey: 'cellar', movable: 2, replaced: 2, obstacles: [] }] },
      });
    });

    it('changes nothing, and is refused with all that is wrong with it', async () => {
      const shed = await author.addNode({ key: 'shed', title: 'Shed', content: '', type: 'STORY' });
      await author.deleteNode('shed');
      const other = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
      const before = await fingerprint(talegraph.database);
      const refused = async (map: readonly Replacement[]) =>
        (await author.client.fail(IMPACT, { id: story.id, input: { map } })).extensions;
      const gone = 'must be a node of the version that readers go on in';
      expect(
        await refused([
          to('cellar', 'cellar'),
          to('hall', 'end'),
          { ...to('yard', 'yard'), toNodeId: shed },
          { ...to('gate', 'yard'), toNodeId: other.node('start') },
          to('cellar', 'gate'),
          { ...to('gate', 'yard'), fromNodeId: other.node('start') },
        ]),
      ).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.map.0.toNodeId', message: gone },
          {
            path: 'input.map.1.toNodeId',
            message: 'must not be an ending: readers would be at the end at once',
          },
          { path: 'input.map.2.toNodeId', message: gone },
          { path: 'input.map.3.toNodeId', message: gone },
          {
            path: 'input.map.4.fromNodeId',
            message: 'is named twice: give each node one replacement',
          },
          {
            path: 'input.map.5.fromNodeId',
            message: 'must be a node of this story, or one that it had',
          },
        ],
      });
      expect(await refused([{ ...to('hall', 'yard'), toNodeId: story.id }])).toMatchObject({
        fields: [
          {
            path: 'input.map.0.toNodeId',
            message: 'must be the id of a node, as the API returned it',
          },
        ],
      });
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
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
