import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { Player } from '../../support/player.js';

const KEYS = ['start', 'left', 'right', 'end'] as const;
const READ = `query ($id: ID!) {
  story(id: $id) {
    spoilerGuard
    startNode { key choices { toNode { key choices { toNode { key } } } } }
    nodes(first: 100) { totalCount nodes { key content choices { text toNode { key content } } } edges { node { key } } }
  }
}`;
const NODE = `query ($id: ID!) { storyNode(id: $id) { key content choices { toNode { key } } } }`;

describe('a story under spoiler guard', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newStory() {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const story = await factory.newStory(person, {
      spoilerGuard: true,
      nodes: { start: ['left', 'right'], left: ['start', 'end'], right: ['end'], end: [] },
    });
    const player = new Player(client, await factory.newReader(), story);
    return { story, player, person, author: new Author(client, person, story) };
  }

  const read = async (client: GraphqlClient, id: string): Promise<any> =>
    (await client.get(READ, { id })).story;

  /** Which nodes a client gets, by asking for the story's nodes and for each node by itself. */
  async function seenBy(client: GraphqlClient, { story }: Player): Promise<string[]> {
    const { nodes } = await read(client, story.id);
    const listed = nodes.nodes.map(({ key }: any) => key);
    expect(nodes.totalCount).toBe(listed.length);
    expect(nodes.edges.map(({ node }: any) => node.key)).toEqual(listed);
    for (const key of KEYS) {
      const { data, errors } = await client.send(NODE, { id: story.node(key) });
      if (listed.includes(key)) {
        expect(data?.storyNode).toMatchObject({ key, content: `Text of *${key}*.` });
      } else {
        expect(data?.storyNode).toBeNull();
        expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'NOT_FOUND' }]);
      }
    }
    return listed;
  }

  /** The targets that the choices of a node show, in order. */
  const targetsOf = async (client: GraphqlClient, { story }: Player, key: string) => {
    const { storyNode } = await client.get(NODE, { id: story.node(key) });
    return storyNode.choices.map(({ toNode }: any) => toNode?.key ?? null);
  };

  it('shows nothing to the anonymous, and to readers who have not begun it', async () => {
    const { factory, client } = talegraph;
    const { story, player } = await newStory();
    for (const reader of [client, player.client, client.as((await factory.newGuest()).token)]) {
      expect(await seenBy(reader, player)).toEqual([]);
      expect(await read(reader, story.id)).toEqual({
        spoilerGuard: true,
        startNode: null,
        nodes: { totalCount: 0, nodes: [], edges: [] },
      });
    }
  });

  it('shows the start once the story is begun, and not where its choices lead', async () => {
    const { story, player } = await newStory();
    const { currentNode } = await player.start();
    expect(currentNode).toMatchObject({
      key: 'start',
      content: 'Text of *start*.',
      choices: [
        { text: 'Go to left', toNode: null },
        { text: 'Go to right', toNode: null },
      ],
    });
    expect(await seenBy(player.client, player)).toEqual(['start']);
    expect(await read(player.client, story.id)).toMatchObject({
      startNode: { key: 'start', choices: [{ toNode: null }, { toNode: null }] },
    });
  });

  it('shows every node that was visited, and the ways between them alone', async () => {
    const { story, player } = await newStory();
    const { id } = await player.start();
    const { nextNode, progress } = await player.choose(id, 0, ['start', 'left']);
    expect(nextNode).toMatchObject({
      key: 'left',
      content: 'Text of *left*.',
      choices: [{ toNode: { key: 'start' } }, { toNode: null }],
    });
    expect(progress.currentNode).toEqual(nextNode);
    expect(await seenBy(player.client, player)).toEqual(['start', 'left']);
    expect(await targetsOf(player.client, player, 'start')).toEqual(['left', null]);
    expect(await targetsOf(player.client, player, 'left')).toEqual(['start', null]);
    const { startNode } = await read(player.client, story.id);
    expect(startNode).toEqual({
      key: 'start',
      choices: [
        { toNode: { key: 'left', choices: [{ toNode: { key: 'start' } }, { toNode: null }] } },
        { toNode: null },
      ],
    });
  });

  it('leads to its ending, and shows that too then', async () => {
    const { player } = await newStory();
    const { id } = await player.start();
    const [, ended] = await player.chooseAll(id, [
      ['start', 'left'],
      ['left', 'end'],
    ]);
    expect(ended).toMatchObject({
      isEnding: true,
      nextNode: { key: 'end', content: 'Text of *end*.' },
      progress: { currentNode: { key: 'end' } },
    });
    expect(await seenBy(player.client, player)).toEqual(['start', 'left', 'end']);
  });

  it('shows what any of the reader’s playthroughs has visited', async () => {
    const { player } = await newStory();
    const { id: first } = await player.start();
    await player.choose(first, 0, ['start', 'left']);
    const { id: second } = await player.start({ restart: true });
    await player.choose(second, 0, ['start', 'right']);
    expect(await seenBy(player.client, player)).toEqual(['start', 'left', 'right']);
  });

  it('shows what a path played offline has visited', async () => {
    const { player } = await newStory();
    await player.save(player.path(['start', 'right'], ['right', 'end']));
    expect(await seenBy(player.client, player)).toEqual(['start', 'right', 'end']);
  });

  it('shows nobody what others have visited', async () => {
    const { factory, client } = talegraph;
    const { story, player } = await newStory();
    await player.save(player.path(['start', 'right'], ['right', 'end']));
    const other = new Player(client, await factory.newReader(), story);
    await other.start();
    expect(await seenBy(other.client, player)).toEqual(['start']);
    expect(await seenBy(client, player)).toEqual([]);
  });

  it('shows no more for a refused choice', async () => {
    const { player } = await newStory();
    const { id } = await player.start();
    await player.refusal(id, 0, ['left', 'end']);
    await player.saveRefusal(player.path(['start', 'right'], ['left', 'end']), true);
    expect(await seenBy(player.client, player)).toEqual(['start']);
  });

  it('shows all to its author and to administrators', async () => {
    const { factory, client } = talegraph;
    const { person, player, story } = await newStory();
    for (const someone of [person, await factory.newAdmin()]) {
      const reader = client.as(someone.token);
      expect(await seenBy(reader, player)).toEqual([...KEYS]);
      expect(await targetsOf(reader, player, 'start')).toEqual(['left', 'right']);
      expect((await read(reader, story.id)).startNode.key).toBe('start');
    }
  });

  it('guards other authors’ eyes as well', async () => {
    const { factory, client } = talegraph;
    const { player } = await newStory();
    const other = await factory.newAuthor();
    await factory.newStory(other);
    expect(await seenBy(client.as(other.token), player)).toEqual([]);
  });

  it('is guarded from the moment that the author says so, and open when it says no more', async () => {
    const { author, player } = await newStory();
    await player.start();
    await author.updateStory({ spoilerGuard: false });
    expect(await seenBy(player.client, player)).toEqual([...KEYS]);
    expect(await seenBy(talegraph.client, player)).toEqual([...KEYS]);
    await author.updateStory({ spoilerGuard: true });
    expect(await seenBy(player.client, player)).toEqual(['start']);
  });

  it('shows visited nodes as the published version has them, and those it has no more not at all', async () => {
    const { author, player, story } = await newStory();
    const { id } = await player.start();
    await player.choose(id, 0, ['start', 'right']);
    await author.deleteChoice('start', 'right');
    await author.deleteNode('right');
    await author.updateNode('start', { content: 'Text of start, written anew.' });
    await author.publish();
    const { nodes } = await read(player.client, story.id);
    expect(nodes.nodes.map(({ key, content }: any) => [key, content])).toEqual([
      ['start', 'Text of start, written anew.'],
    ]);
    // The playthrough itself stays on its version.
    expect((await player.latest()).currentNode).toMatchObject({
      key: 'right',
      content: 'Text of *right*.',
      choices: [{ toNode: null }],
    });
  });
});
