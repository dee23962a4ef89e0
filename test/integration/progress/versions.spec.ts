import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { MAKE_CHOICE, Player, START_STORY, storedPlays } from '../../support/player.js';

const STORY = `query ($id: ID!) { story(id: $id) { id title } }`;
const NODE = `query ($id: ID!) { storyNode(id: $id) { id content } }`;
const STORY_OF_PROGRESS = `query ($storyId: ID!) {
  storyProgress(storyId: $storyId) { story { id title isPublished startNode { id } } }
}`;

describe('a playthrough', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A reader who stands at `left`, and the author of the story. */
  async function newPlay() {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const story = await factory.newStory(person, {
      nodes: { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] },
    });
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start();
    const atLeft = await player.choose(id, 0, ['start', 'left']);
    return { player, story, author: new Author(client, person, story), id: id as string, atLeft };
  }

  /** Rewrites `left`, takes `right` and `end` away, and ends the story at a new node instead. */
  async function publishSecondVersion(author: Author) {
    const dawn = await author.addNode({
      key: 'dawn',
      title: 'Dawn',
      content: 'The sun comes up.',
      type: 'ENDING',
      endingKind: 'BAD',
    });
    await author.updateNode('left', { content: 'Text of left, written anew.' });
    await author.updateChoice('left', 'end', { toNodeId: dawn, text: 'Wait', consequences: null });
    await author.deleteChoice('start', 'right');
    await author.deleteNode('right');
    await author.deleteNode('end');
    await author.publish();
    return dawn;
  }

  describe('on a story that is published anew', () => {
    it('stays on its version: what it reads is as it was', async () => {
      const { player, author, id, atLeft } = await newPlay();
      await publishSecondVersion(author);
      expect(await player.latest()).toEqual(atLeft.progress);
      expect(await player.start()).toEqual(atLeft.progress);
      expect(await player.choose(id, 0, ['start', 'left'])).toEqual(atLeft);
    });

    it('can be played to an ending that the draft has no more', async () => {
      const { player, story, author, id } = await newPlay();
      await publishSecondVersion(author);
      expect(await player.choose(id, 1, ['left', 'end'])).toMatchObject({
        consequences: 'You go to end.',
        isEnding: true,
        nextNode: { id: story.node('end'), content: 'Text of *end*.' },
        progress: {
          id,
          status: 'COMPLETED',
          ending: 'GOOD',
          version: { number: 1 },
          currentNode: { id: story.node('end') },
        },
      });
    });

    it('can still take a way that the draft has no more', async () => {
      const { factory, client } = talegraph;
      const { story, author } = await newPlay();
      const player = new Player(client, await factory.newReader(), story);
      const { id } = await player.start();
      await publishSecondVersion(author);
      const [right, end] = await player.chooseAll(id, [
        ['start', 'right'],
        ['right', 'end'],
      ]);
      expect(right.nextNode).toMatchObject({ key: 'right', content: 'Text of *right*.' });
      expect(end).toMatchObject({ isEnding: true, nextNode: { key: 'end' } });
    });

    it('is on the new version when it begins after that', async () => {
      const { factory, client } = talegraph;
      const { story, author } = await newPlay();
      const dawn = await publishSecondVersion(author);
      const player = new Player(client, await factory.newReader(), story);
      const begun = await player.start();
      expect(begun).toMatchObject({
        version: { number: 2 },
        currentNode: { key: 'start', choices: [{ id: story.choice('start', 'left') }] },
      });
      expect(begun.currentNode.choices).toHaveLength(1);
      const { nextNode } = await player.choose(begun.id, 0, ['start', 'left']);
      expect(nextNode).toMatchObject({
        id: story.node('left'),
        content: 'Text of left, written anew.',
      });
      // The choice keeps its id, and leads where the new version says.
      const { makeChoice } = await player.client.get(MAKE_CHOICE, {
        input: player.input(begun.id, 1, ['left', 'end']),
      });
      expect(makeChoice).toMatchObject({
        consequences: null,
        isEnding: true,
        nextNode: { id: dawn, key: 'dawn', endingKind: 'BAD' },
        progress: { ending: 'BAD' },
      });
    });

    it('on the new version has no choice that only the old one has', async () => {
      const { factory, client } = talegraph;
      const { story, author } = await newPlay();
      await publishSecondVersion(author);
      const player = new Player(client, await factory.newReader(), story);
      const { id } = await player.start();
      const before = await storedPlays(talegraph.database);
      const error = await player.refusal(id, 0, ['start', 'right']);
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choiceId' }],
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('moves to the new version by a restart alone', async () => {
      const { player, author, id } = await newPlay();
      await publishSecondVersion(author);
      expect(await player.start({ restart: true })).toMatchObject({
        step: 0,
        version: { number: 2 },
      });
      const old = await player.choose(id, 1, ['left', 'end']);
      expect(old.progress.version.number).toBe(1);
    });

    it('is left alone by drafts that are not published', async () => {
      const { player, author, atLeft } = await newPlay();
      await author.updateNode('left', { content: 'Not yet.' });
      await author.deleteNode('end');
      expect(await player.latest()).toEqual(atLeft.progress);
    });
  });

  describe('on a story that is unpublished midway', () => {
    it('can be taken up and finished', async () => {
      const { player, author, id, atLeft } = await newPlay();
      await author.unpublish();
      expect(await player.latest()).toEqual(atLeft.progress);
      expect(await player.start()).toEqual(atLeft.progress);
      expect(await player.choose(id, 0, ['start', 'left'])).toEqual(atLeft);
      expect(await player.choose(id, 1, ['left', 'end'])).toMatchObject({
        isEnding: true,
        nextNode: { key: 'end', content: 'Text of *end*.' },
        progress: { isCompleted: true, currentNode: { key: 'end' } },
      });
    });

    it('cannot be begun anew, and the story is not to be found', async () => {
      const { player, story, author } = await newPlay();
      await author.unpublish();
      const before = await storedPlays(talegraph.database);
      const codes = await Promise.all([
        player.client.fail(START_STORY, { storyId: story.id, input: { restart: true } }),
        player.client.fail(STORY, { id: story.id }),
        player.client.fail(NODE, { id: story.node('left') }),
      ]);
      expect(codes.map(({ extensions }) => extensions.code)).toEqual([
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ]);
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('goes on as before once it is published again', async () => {
      const { player, author, id, atLeft } = await newPlay();
      await author.unpublish();
      await author.publish();
      expect(await player.start()).toEqual(atLeft.progress);
      expect((await player.choose(id, 1, ['left', 'end'])).progress.version.number).toBe(1);
    });
  });

  describe('on a story that is deleted midway', () => {
    it('can be taken up and finished, and still tells the title', async () => {
      const { player, story, author, id, atLeft } = await newPlay();
      await author.deleteStory();
      expect(await player.latest()).toEqual(atLeft.progress);
      expect(await player.start()).toEqual(atLeft.progress);
      expect((await player.choose(id, 1, ['left', 'end'])).isEnding).toBe(true);
      const { storyProgress } = await player.client.get(STORY_OF_PROGRESS, { storyId: story.id });
      expect(storyProgress.story).toEqual({
        id: story.id,
        title: expect.stringMatching(/^Story \d+$/),
        isPublished: false,
        startNode: null,
      });
    });

    it('can be finished by storyId, and by a path played offline', async () => {
      const { factory, client } = talegraph;
      const { player, story, author } = await newPlay();
      const other = new Player(client, await factory.newReader(), story);
      await other.start();
      await author.deleteStory();
      const { makeChoice } = await player.client.get(MAKE_CHOICE, {
        input: { ...player.input('', 1, ['left', 'end']), progressId: null, storyId: story.id },
      });
      expect(makeChoice.progress.isCompleted).toBe(true);
      const saved = await other.save(other.path(['start', 'right'], ['right', 'end']));
      expect(saved).toMatchObject({ step: 2, isCompleted: true });
    });

    it('cannot be begun anew', async () => {
      const { player, story, author } = await newPlay();
      await author.deleteStory();
      const before = await storedPlays(talegraph.database);
      const error = await player.client.fail(START_STORY, {
        storyId: story.id,
        input: { restart: true },
      });
      expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });
  });
});
