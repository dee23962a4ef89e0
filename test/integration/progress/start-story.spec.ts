import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { StoryShape } from '../../support/factory.js';
import { Player, START_STORY, storedPlays } from '../../support/player.js';

const AT_ONCE = 20;
const NODES: StoryShape['nodes'] = {
  start: ['left', 'right'],
  left: ['end'],
  right: ['end'],
  end: [],
};

describe('startStory', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newStory(shape: StoryShape = {}) {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const story = await factory.newStory(person, { nodes: NODES, ...shape });
    return { story, person, author: new Author(client, person, story) };
  }

  async function newPlayer(shape: StoryShape = {}) {
    const { factory, client } = talegraph;
    const { story } = await newStory(shape);
    return new Player(client, await factory.newReader(), story);
  }

  const playCountOf = async (storyId: string): Promise<number> => {
    await talegraph.counted();
    const query = `query ($id: ID!) { story(id: $id) { playCount } }`;
    return (await talegraph.client.get(query, { id: storyId })).story.playCount;
  };

  it('begins at the start node of the published version', async () => {
    const player = await newPlayer();
    const { story } = player;
    const progress = await player.start();
    expect(progress).toEqual({
      id: expect.stringMatching(/^prg_\d+$/),
      step: 0,
      status: 'IN_PROGRESS',
      isCompleted: false,
      ending: null,
      startTime: expect.any(String),
      lastUpdated: expect.any(String),
      story: { id: story.id },
      version: { id: expect.stringMatching(/^ver_\d+$/), number: 1 },
      currentNode: {
        id: story.node('start'),
        key: 'start',
        title: 'Title of start',
        content: 'Text of *start*.',
        contentHtml: '<p>Text of <em>start</em>.</p>\n',
        type: 'CHOICE',
        isStart: true,
        isEnding: false,
        endingKind: null,
        choices: [
          {
            id: story.choice('start', 'left'),
            letter: 'A',
            text: 'Go to left',
            consequences: 'You go to left.',
            toNode: { id: story.node('left'), key: 'left', title: 'Title of left' },
          },
          {
            id: story.choice('start', 'right'),
            letter: 'B',
            text: 'Go to right',
            consequences: null,
            toNode: { id: story.node('right'), key: 'right', title: 'Title of right' },
          },
        ],
      },
      choicesMade: { totalCount: 0, pageInfo: { hasNextPage: false }, nodes: [] },
    });
  });

  it('takes up the unfinished playthrough, and changes nothing by that', async () => {
    const player = await newPlayer();
    const { id } = await player.start();
    const { progress } = await player.choose(id, 0, ['start', 'left']);
    const before = await storedPlays(talegraph.database);
    expect(await player.start()).toEqual(progress);
    expect(await player.start({ restart: false })).toEqual(progress);
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('begins anew after the ending, and keeps the finished playthrough', async () => {
    const player = await newPlayer();
    const { id: finished } = await player.start();
    await player.chooseAll(finished, [
      ['start', 'left'],
      ['left', 'end'],
    ]);
    const again = await player.start();
    expect(again).toMatchObject({ step: 0, isCompleted: false });
    expect(again.id).not.toBe(finished);
    const { playthroughs } = await storedPlays(talegraph.database);
    expect(playthroughs.find((row) => `prg_${row.progress_id}` === finished)).toMatchObject({
      step: 2,
      is_completed: true,
      deleted_at: null,
    });
  });

  it('begins another with restart, and keeps the first as it is', async () => {
    const player = await newPlayer();
    const { id: first } = await player.start();
    await player.choose(first, 0, ['start', 'left']);
    const before = await storedPlays(talegraph.database);
    const second = await player.start({ restart: true });
    expect(second).toMatchObject({ step: 0, currentNode: { key: 'start' } });
    expect(second.id).not.toBe(first);
    const after = await storedPlays(talegraph.database);
    expect(after.playthroughs.slice(0, -1)).toEqual(before.playthroughs);
    expect(after.steps).toEqual(before.steps);
    expect((await player.choose(first, 1, ['left', 'end'])).isEnding).toBe(true);
  });

  it('takes up the one that was played last, of several unfinished', async () => {
    const player = await newPlayer();
    const { id: first } = await player.start();
    const { id: second } = await player.start({ restart: true });
    expect((await player.start()).id).toBe(second);
    await player.choose(first, 0, ['start', 'left']);
    expect((await player.start()).id).toBe(first);
  });

  it(`called ${AT_ONCE} times at once makes one playthrough`, async () => {
    const player = await newPlayer();
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => player.start()));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const { playthroughs } = await storedPlays(talegraph.database);
    expect(playthroughs.filter((row) => row.story_id === player.story.storyId)).toHaveLength(1);
    expect(await playCountOf(player.story.id)).toBe(1);
  });

  it(`called ${AT_ONCE} times at once with restart makes ${AT_ONCE}`, async () => {
    const player = await newPlayer();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => player.start({ restart: true })),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(AT_ONCE);
    expect(await playCountOf(player.story.id)).toBe(AT_ONCE);
  });

  it('counts each playthrough that it begins, and none that it takes up', async () => {
    const { factory, client } = talegraph;
    const { story } = await newStory();
    const [one, other] = [
      new Player(client, await factory.newReader(), story),
      new Player(client, await factory.newReader(), story),
    ];
    expect(await playCountOf(story.id)).toBe(0);
    await one.start();
    await one.start();
    expect(await playCountOf(story.id)).toBe(1);
    await other.start();
    expect(await playCountOf(story.id)).toBe(2);
    await one.start({ restart: true });
    expect(await playCountOf(story.id)).toBe(3);
  });

  it('completes at once where the start is an ending', async () => {
    const player = await newPlayer({ nodes: { only: [] } });
    expect(await player.start()).toMatchObject({
      step: 0,
      status: 'COMPLETED',
      ending: 'GOOD',
      currentNode: { key: 'only', choices: [] },
    });
  });

  it('is open to guests', async () => {
    const { factory, client } = talegraph;
    const { story } = await newStory();
    const guest = new Player(client, await factory.newGuest(), story);
    const { id } = await guest.start();
    expect((await guest.choose(id, 0, ['start', 'left'])).nextNode.key).toBe('left');
  });

  describe('refuses, and changes nothing:', () => {
    it('a story that was never published, to readers and to its author', async () => {
      const { factory, client } = talegraph;
      const { story, person } = await newStory({ published: false });
      const before = await storedPlays(talegraph.database);
      const reader = await client
        .as((await factory.newReader()).token)
        .fail(START_STORY, { storyId: story.id });
      const author = await client.as(person.token).fail(START_STORY, { storyId: story.id });
      expect(reader.extensions).toEqual({ code: 'NOT_FOUND' });
      expect(author.extensions).toEqual({ code: 'NOT_FOUND' });
      expect(author.message).toBe('This story is not published.');
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a story that is published no more', async () => {
      const { factory, client } = talegraph;
      const { story, author } = await newStory();
      await author.unpublish();
      const before = await storedPlays(talegraph.database);
      const reader = client.as((await factory.newReader()).token);
      const error = await reader.fail(START_STORY, { storyId: story.id });
      expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a story that does not exist, in the words it has for an unpublished one', async () => {
      const { factory, client } = talegraph;
      const reader = client.as((await factory.newReader()).token);
      const { story } = await newStory({ published: false });
      const hidden = await reader.fail(START_STORY, { storyId: story.id });
      const absent = await reader.fail(START_STORY, { storyId: 'sty_999999999' });
      expect(absent).toEqual(hidden);
    });

    it('anyone who is not signed in', async () => {
      const { story } = await newStory();
      const before = await storedPlays(talegraph.database);
      const error = await talegraph.client.fail(START_STORY, { storyId: story.id });
      expect(error.extensions.code).toBe('UNAUTHENTICATED');
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a restart that is neither true nor false, naming it', async () => {
      const player = await newPlayer();
      const before = await storedPlays(talegraph.database);
      const error = await player.client.fail(START_STORY, {
        storyId: player.story.id,
        input: { restart: null },
      });
      expect(error.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.restart', message: 'must be true or false' }],
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });
  });
});
