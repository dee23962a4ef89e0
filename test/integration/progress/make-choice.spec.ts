import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { StoryShape } from '../../support/factory.js';
import { MAKE_CHOICE, Player, storedPlays } from '../../support/player.js';

const CHOOSE = `mutation ($input: MakeChoiceInput!) {
  makeChoice(input: $input) {
    consequences isEnding
    events { type text nodeId }
    nextNode { id key }
    progress { id step isCompleted ending lastUpdated currentNode { id } choicesMade { nodes { step nodeId choiceId } } }
  }
}`;
const START = `mutation ($storyId: ID!) { startStory(storyId: $storyId) { id step currentNode { id key } } }`;

const NODES: StoryShape['nodes'] = {
  start: ['left', 'right'],
  left: ['start', 'end'],
  right: ['end'],
  end: [],
};

describe('makeChoice', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A new reader who has just started a new story. */
  async function newPlay(nodes = NODES, spoilerGuard = false) {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), { nodes, spoilerGuard });
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start();
    return { player, story, id: id as string };
  }

  it('moves the playthrough and records the choice', async () => {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] },
    });
    const reader = client.as((await factory.newReader()).token);
    const { startStory } = await reader.get(START, { storyId: story.id });
    const { makeChoice } = await reader.get(CHOOSE, {
      input: {
        progressId: startStory.id,
        currentNodeId: story.node('start'),
        choiceId: story.choice('start', 'left'),
        step: 0,
      },
    });
    expect(makeChoice).toEqual({
      consequences: 'You go to left.',
      isEnding: false,
      events: [
        { type: 'CONSEQUENCES', text: 'You go to left.', nodeId: null },
        { type: 'NODE_ENTERED', text: null, nodeId: story.node('left') },
      ],
      nextNode: { id: story.node('left'), key: 'left' },
      progress: {
        id: startStory.id,
        step: 1,
        isCompleted: false,
        ending: null,
        lastUpdated: expect.any(String),
        currentNode: { id: story.node('left') },
        choicesMade: {
          nodes: [
            { step: 0, nodeId: story.node('start'), choiceId: story.choice('start', 'left') },
          ],
        },
      },
    });
  });

  it('reaches an ending, and completes the playthrough with its kind', async () => {
    const { player, story, id } = await newPlay();
    await player.choose(id, 0, ['start', 'right']);
    const answer = await player.choose(id, 1, ['right', 'end']);
    expect(answer).toMatchObject({
      consequences: 'You go to end.',
      isEnding: true,
      events: expect.arrayContaining([
        { type: 'CONSEQUENCES', text: 'You go to end.', nodeId: null },
        { type: 'NODE_ENTERED', text: null, nodeId: story.node('end') },
        { type: 'ENDING_REACHED', text: null, nodeId: story.node('end') },
        { type: 'ACHIEVEMENT_EARNED', text: 'The end', nodeId: null },
      ]),
      nextNode: { id: story.node('end'), isEnding: true, endingKind: 'GOOD', choices: [] },
      progress: { id, step: 2, status: 'COMPLETED', isCompleted: true, ending: 'GOOD' },
    });
  });

  it('tells nothing where the choice has no consequences', async () => {
    const { player, story, id } = await newPlay();
    const answer = await player.choose(id, 0, ['start', 'right']);
    expect(answer.consequences).toBeNull();
    expect(answer.events).toEqual([
      { type: 'NODE_ENTERED', text: null, nodeId: story.node('right') },
    ]);
  });

  it('goes round a loop, step by step', async () => {
    const { player, id } = await newPlay();
    const answers = await player.chooseAll(id, [
      ['start', 'left'],
      ['left', 'start'],
      ['start', 'left'],
      ['left', 'end'],
    ]);
    expect(answers.map(({ nextNode }) => nextNode.key)).toEqual(['left', 'start', 'left', 'end']);
    expect(answers.map(({ progress }) => progress.step)).toEqual([1, 2, 3, 4]);
    expect(answers[3].progress.choicesMade.nodes.map(({ step }: any) => step)).toEqual([
      0, 1, 2, 3,
    ]);
  });

  it.each([
    ['openly', false],
    ['under spoiler guard', true],
  ])(
    'answers each of several choices in one request as of its own step, %s',
    async (_, spoilerGuard) => {
      const { player, story, id } = await newPlay(NODES, spoilerGuard);
      const data = await player.client.get(
        `mutation ($one: MakeChoiceInput!, $two: MakeChoiceInput!) {
        one: makeChoice(input: $one) { ...Answer }
        two: makeChoice(input: $two) { ...Answer }
      }
      fragment Answer on MakeChoicePayload {
        nextNode { key }
        progress { step currentNode { key } choicesMade { totalCount nodes { choiceId } } }
      }`,
        {
          one: player.input(id, 0, ['start', 'left']),
          two: player.input(id, 1, ['left', 'end']),
        },
      );
      const made = [story.choice('start', 'left'), story.choice('left', 'end')];
      const answer = (step: number, key: string) => ({
        nextNode: { key },
        progress: {
          step,
          currentNode: { key },
          choicesMade: {
            totalCount: step,
            nodes: made.slice(0, step).map((choiceId) => ({ choiceId })),
          },
        },
      });
      expect(data).toEqual({ one: answer(1, 'left'), two: answer(2, 'end') });
    },
  );

  describe('by storyId', () => {
    const byStory = ({ story, client }: Player, step: number, from: string, to: string) =>
      client.get(MAKE_CHOICE, {
        input: {
          storyId: story.id,
          step,
          currentNodeId: story.node(from),
          choiceId: story.choice(from, to),
        },
      });

    it('goes on in the only playthrough', async () => {
      const { player, id } = await newPlay();
      const { makeChoice } = await byStory(player, 0, 'start', 'left');
      expect(makeChoice.progress).toMatchObject({ id, step: 1 });
    });

    it('goes on in the latest unfinished one, and leaves the others alone', async () => {
      const { player, id: first } = await newPlay();
      const { id: second } = await player.start({ restart: true });
      const { id: finished } = await player.start({ restart: true });
      await player.chooseAll(finished, [
        ['start', 'right'],
        ['right', 'end'],
      ]);
      const { makeChoice } = await byStory(player, 0, 'start', 'left');
      expect(makeChoice.progress).toMatchObject({ id: second, step: 1 });
      const { playthroughs } = await storedPlays(talegraph.database);
      const steps = playthroughs.map(({ progress_id, step }) => [`prg_${progress_id}`, step]);
      expect(steps).toEqual(
        expect.arrayContaining([
          [first, 0],
          [second, 1],
          [finished, 2],
        ]),
      );
    });

    it('is NOT_FOUND without an unfinished playthrough', async () => {
      const { factory, client } = talegraph;
      const { story } = await newPlay();
      const stranger = client.as((await factory.newReader()).token);
      const before = await storedPlays(talegraph.database);
      const error = await stranger.fail(MAKE_CHOICE, {
        input: {
          storyId: story.id,
          step: 0,
          currentNodeId: story.node('start'),
          choiceId: story.choice('start', 'left'),
        },
      });
      expect(error.extensions.code).toBe('NOT_FOUND');
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });
  });

  describe('refuses, and changes nothing:', () => {
    it('a node where the playthrough does not stand, as a CONFLICT that says where it does', async () => {
      const { player, story, id } = await newPlay();
      await player.choose(id, 0, ['start', 'left']);
      const before = await storedPlays(talegraph.database);
      const error = await player.refusal(id, 1, ['start', 'left']);
      expect(error.extensions).toEqual({
        code: 'CONFLICT',
        current: { step: 1, currentNodeId: story.node('left') },
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a choice of another node, naming input.choiceId', async () => {
      const { player, story, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      const error = await player.client.fail(MAKE_CHOICE, {
        input: {
          progressId: id,
          step: 0,
          currentNodeId: story.node('start'),
          choiceId: story.choice('left', 'end'),
        },
      });
      expect(error.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choiceId', message: 'is not a choice of that node' }],
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a choice of another story', async () => {
      const { player, id } = await newPlay();
      const other = await newPlay();
      const before = await storedPlays(talegraph.database);
      const error = await player.client.fail(MAKE_CHOICE, {
        input: {
          ...player.input(id, 0, ['start', 'left']),
          choiceId: other.story.choice('start', 'left'),
        },
      });
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choiceId' }],
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a step that has not come yet, as a CONFLICT that says which has', async () => {
      const { player, story, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      const error = await player.refusal(id, 1, ['start', 'left']);
      expect(error.extensions).toEqual({
        code: 'CONFLICT',
        current: { step: 0, currentNodeId: story.node('start') },
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a negative step, naming input.step', async () => {
      const { player, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      const error = await player.refusal(id, -1, ['start', 'left']);
      expect(error.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.step', message: 'must be 0 or more' }],
      });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('to go on after an ending', async () => {
      const { player, id } = await newPlay();
      await player.chooseAll(id, [
        ['start', 'right'],
        ['right', 'end'],
      ]);
      const before = await storedPlays(talegraph.database);
      const error = await player.refusal(id, 2, ['right', 'end']);
      expect(error.extensions).toEqual({ code: 'PLAYTHROUGH_ENDED' });
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('the playthrough of another reader, as if there were none', async () => {
      const { factory, client } = talegraph;
      const { story, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      for (const someone of [await factory.newReader(), await factory.newAdmin()]) {
        const other = new Player(client, someone, story);
        const error = await other.refusal(id, 0, ['start', 'left']);
        expect(error.message).toBe('You have no such playthrough.');
        expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
      }
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('a playthrough that does not exist', async () => {
      const { player } = await newPlay();
      const error = await player.refusal('prg_999999999', 0, ['start', 'left']);
      expect(error.message).toBe('You have no such playthrough.');
      expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
    });

    it('to guess which playthrough is meant, when neither it nor the story is named', async () => {
      const { player, story, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      const choice = {
        step: 0,
        currentNodeId: story.node('start'),
        choiceId: story.choice('start', 'left'),
      };
      for (const input of [choice, { ...choice, progressId: null, storyId: null }]) {
        const error = await player.client.fail(MAKE_CHOICE, { input });
        expect(error.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          fields: [{ path: 'input.progressId' }],
        });
      }
      expect(id).toMatch(/^prg_/);
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('ids of the wrong kind, naming each', async () => {
      const { player, story, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      const good = player.input(id, 0, ['start', 'left']);
      for (const [field, wrong] of [
        ['progressId', story.id],
        ['currentNodeId', story.choice('start', 'left')],
        ['choiceId', story.node('start')],
        ['choiceId', 'cho_0'],
        ['choiceId', "cho_1' OR 1=1"],
      ] as const) {
        const error = await player.client.fail(MAKE_CHOICE, { input: { ...good, [field]: wrong } });
        expect(error.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          fields: [{ path: `input.${field}` }],
        });
      }
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });

    it('anyone who is not signed in', async () => {
      const { player, id } = await newPlay();
      const before = await storedPlays(talegraph.database);
      const error = await talegraph.client.fail(MAKE_CHOICE, {
        input: player.input(id, 0, ['start', 'left']),
      });
      expect(error.extensions.code).toBe('UNAUTHENTICATED');
      expect(await storedPlays(talegraph.database)).toEqual(before);
    });
  });
});
