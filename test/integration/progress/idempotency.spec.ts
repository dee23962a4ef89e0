import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { MAKE_CHOICE, Player, storedPlays, type Move } from '../../support/player.js';

const WAY: readonly Move[] = [
  ['start', 'left'],
  ['left', 'start'],
  ['start', 'right'],
  ['right', 'end'],
];

describe('makeChoice sent again', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newPlay() {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { start: ['left', 'right'], left: ['start', 'end'], right: ['end'], end: [] },
    });
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start();
    return { player, story, id: id as string };
  }

  const byStory = ({ story }: Player, step: number, [from, to]: Move) => ({
    storyId: story.id,
    step,
    currentNodeId: story.node(from),
    choiceId: story.choice(from, to),
  });

  it('at once gives the same answer, and makes the choice once', async () => {
    const { player, id } = await newPlay();
    const first = await player.choose(id, 0, WAY[0]!);
    const before = await storedPlays(talegraph.database);
    expect(await player.choose(id, 0, WAY[0]!)).toEqual(first);
    expect(await player.choose(id, 0, WAY[0]!)).toEqual(first);
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('steps later gives the same answer as then, to the last field', async () => {
    const { player, id } = await newPlay();
    const answers = await player.chooseAll(id, WAY.slice(0, 3));
    const before = await storedPlays(talegraph.database);
    for (const [step, answer] of answers.entries()) {
      expect(await player.choose(id, step, WAY[step]!)).toEqual(answer);
    }
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('after the ending gives the same answers, the ending’s own and those before', async () => {
    const { player, id } = await newPlay();
    const answers = await player.chooseAll(id, WAY);
    const before = await storedPlays(talegraph.database);
    for (const step of [3, 0, 2, 1]) {
      expect(await player.choose(id, step, WAY[step]!)).toEqual(answers[step]);
    }
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('tells how far the playthrough had come then, not how far it has come since', async () => {
    const { player, story, id } = await newPlay();
    await player.chooseAll(id, WAY);
    const { progress, nextNode, isEnding } = await player.choose(id, 0, WAY[0]!);
    expect({ key: nextNode.key, isEnding }).toEqual({ key: 'left', isEnding: false });
    expect(progress).toMatchObject({
      step: 1,
      status: 'IN_PROGRESS',
      isCompleted: false,
      ending: null,
      currentNode: { key: 'left' },
    });
    expect(progress.choicesMade).toMatchObject({
      totalCount: 1,
      pageInfo: { hasNextPage: false },
      nodes: [{ step: 0, nodeId: story.node('start'), choiceId: story.choice('start', 'left') }],
    });
  });

  it('with another choice at a past step is a CONFLICT that says where the playthrough stands', async () => {
    const { player, story, id } = await newPlay();
    await player.chooseAll(id, WAY.slice(0, 2));
    const before = await storedPlays(talegraph.database);
    const error = await player.refusal(id, 0, ['start', 'right']);
    expect(error.extensions).toEqual({
      code: 'CONFLICT',
      current: { step: 2, currentNodeId: story.node('start') },
    });
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('with another node, or with a choice of another node, at a past step is a CONFLICT too', async () => {
    const { player, story, id } = await newPlay();
    await player.chooseAll(id, WAY);
    const before = await storedPlays(talegraph.database);
    const made = player.input(id, 0, WAY[0]!);
    for (const wrong of [
      { currentNodeId: story.node('right') },
      { choiceId: story.choice('right', 'end') },
      { currentNodeId: story.node('right'), choiceId: story.choice('right', 'end') },
    ]) {
      const error = await player.client.fail(MAKE_CHOICE, { input: { ...made, ...wrong } });
      expect(error.extensions).toEqual({
        code: 'CONFLICT',
        current: { step: 4, currentNodeId: story.node('end') },
      });
    }
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('by storyId gives the same answer while the playthrough goes on', async () => {
    const { player } = await newPlay();
    const input = byStory(player, 0, WAY[0]!);
    const first = await player.client.get(MAKE_CHOICE, { input });
    expect(await player.client.get(MAKE_CHOICE, { input })).toEqual(first);
  });

  it('by storyId gives the same answer when the choice led to the ending', async () => {
    const { player, id } = await newPlay();
    await player.chooseAll(id, WAY.slice(0, 3));
    const input = byStory(player, 3, WAY[3]!);
    const first = await player.client.get(MAKE_CHOICE, { input });
    const before = await storedPlays(talegraph.database);
    expect(await player.client.get(MAKE_CHOICE, { input })).toEqual(first);
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('by storyId never makes the choice in an older playthrough instead', async () => {
    const { player, id: older } = await newPlay();
    await player.choose(older, 0, WAY[0]!);
    const { id: newer } = await player.start({ restart: true });
    await player.choose(newer, 0, WAY[0]!);
    const input = byStory(player, 1, ['left', 'end']);
    const first = await player.client.get(MAKE_CHOICE, { input });
    expect(first.makeChoice.progress).toMatchObject({ id: newer, isCompleted: true });
    const before = await storedPlays(talegraph.database);
    await player.client.send(MAKE_CHOICE, { input });
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });
});
