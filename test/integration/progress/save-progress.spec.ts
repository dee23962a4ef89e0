import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import {
  keyOf,
  playCountOf,
  Player,
  SAVE_PROGRESS,
  storedPlays,
  type Move,
} from '../../support/player.js';

const AT_ONCE = 20;
const WAY: readonly Move[] = [
  ['start', 'left'],
  ['left', 'start'],
  ['start', 'right'],
  ['right', 'end'],
];

describe('saveProgress', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newPlayer() {
    const { factory, client } = talegraph;
    const person = await factory.newAuthor();
    const story = await factory.newStory(person, {
      nodes: { start: ['left', 'right'], left: ['start', 'end'], right: ['end'], end: [] },
    });
    const player = new Player(client, await factory.newReader(), story);
    return { player, story, author: new Author(client, person, story) };
  }

  const stored = () => storedPlays(talegraph.database);

  async function playsOf(story: MadeStory): Promise<number> {
    await talegraph.counted();
    return playCountOf(talegraph.database, story);
  }

  /** The rows of one playthrough's path: node, choice and target by their keys. */
  async function storedPath({ story }: Player, id: string) {
    const rows: any[] = (await stored()).steps.filter((row) => row.progress_id === keyOf(id));
    const keys = new Map(
      ['start', 'left', 'right', 'end'].map((key) => [keyOf(story.node(key)), key]),
    );
    return rows.map(({ seq, node_id, choice_id, to_node_id }) => {
      const [from, to] = [keys.get(node_id)!, keys.get(to_node_id)!];
      expect(choice_id).toBe(keyOf(story.choice(from, to)));
      return [seq, from, to];
    });
  }

  describe('keeps', () => {
    it('a whole path, choice by choice, where it ends', async () => {
      const { player, story } = await newPlayer();
      const saved = await player.save(player.path(...WAY));
      expect(saved).toMatchObject({
        step: 4,
        status: 'COMPLETED',
        isCompleted: true,
        ending: 'GOOD',
        version: { number: 1 },
        currentNode: { id: story.node('end') },
      });
      expect(saved.choicesMade).toEqual({
        totalCount: 4,
        pageInfo: { hasNextPage: false },
        nodes: player.path(...WAY).map((made, step) => ({ step, ...made, at: saved.lastUpdated })),
      });
      expect(await storedPath(player, saved.id)).toEqual(WAY.map((move, i) => [i, ...move]));
      const { playthroughs } = await stored();
      expect(playthroughs.at(-1)).toMatchObject({
        progress_id: keyOf(saved.id),
        current_node_id: keyOf(story.node('end')),
        state: { node: keyOf(story.node('end')), turn: 4 },
        step: 4,
        is_completed: true,
        ending: 'good',
      });
      expect(await playsOf(story)).toBe(1);
    });

    it('a path that is not at an ending yet, to go on from online', async () => {
      const { player } = await newPlayer();
      const { id, step } = await player.save(player.path(...WAY.slice(0, 2)));
      expect(step).toBe(2);
      const { progress } = await player.choose(id, 2, WAY[2]!);
      expect(progress).toMatchObject({ id, step: 3, currentNode: { key: 'right' } });
      expect(await storedPath(player, id)).toEqual(WAY.slice(0, 3).map((move, i) => [i, ...move]));
    });

    it('an empty path, as a playthrough that has just begun', async () => {
      const { player, story } = await newPlayer();
      const saved = await player.save([]);
      expect(saved).toMatchObject({
        step: 0,
        status: 'IN_PROGRESS',
        currentNode: { id: story.node('start') },
        choicesMade: { totalCount: 0, nodes: [] },
      });
      expect((await player.start()).id).toBe(saved.id);
      expect(await playsOf(story)).toBe(1);
    });

    it('the paths of guests', async () => {
      const { factory, client } = talegraph;
      const { story } = await newPlayer();
      const guest = new Player(client, await factory.newGuest(), story);
      expect((await guest.save(guest.path(...WAY))).isCompleted).toBe(true);
    });
  });

  describe('of the path of the latest playthrough', () => {
    it('changes nothing', async () => {
      for (const path of [WAY, WAY.slice(0, 3)]) {
        const { player } = await newPlayer();
        const first = await player.save(player.path(...path));
        const before = await stored();
        expect(await player.save(player.path(...path))).toEqual(first);
        expect(await player.save(player.path(...path), true)).toEqual(first);
        expect(await stored()).toEqual(before);
      }
    });

    it('makes one playthrough, however often it is sent at once', async () => {
      const { player, story } = await newPlayer();
      const path = player.path(...WAY);
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => player.save(path)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      const { playthroughs } = await stored();
      expect(playthroughs.filter((row) => row.story_id === story.storyId)).toHaveLength(1);
      expect(await playsOf(story)).toBe(1);
    });

    it('continues it where the path is longer, whether it was played online or saved', async () => {
      const { player } = await newPlayer();
      const { id } = await player.start();
      await player.choose(id, 0, WAY[0]!);
      expect(await player.save(player.path(...WAY.slice(0, 3)))).toMatchObject({ id, step: 3 });
      const ended = await player.save(player.path(...WAY));
      expect(ended).toMatchObject({ id, step: 4, isCompleted: true, ending: 'GOOD' });
      expect(await storedPath(player, id)).toEqual(WAY.map((move, i) => [i, ...move]));
      expect(await playsOf(player.story)).toBe(1);
    });

    it('leaves the choices that were there as they were, when it continues it', async () => {
      const { player } = await newPlayer();
      const first = await player.save(player.path(...WAY.slice(0, 2)));
      const { choicesMade } = await player.save(player.path(...WAY));
      expect(choicesMade.nodes.slice(0, 2)).toEqual(first.choicesMade.nodes);
    });

    it('returns it as it stands where the path is shorter, and changes nothing', async () => {
      const { player } = await newPlayer();
      const whole = await player.save(player.path(...WAY.slice(0, 3)));
      const before = await stored();
      expect(await player.save(player.path(...WAY.slice(0, 1)))).toEqual(whole);
      expect(await player.save([])).toEqual(whole);
      expect(await stored()).toEqual(before);
    });
  });

  describe('of a path that parts from the latest playthrough', () => {
    it('is a CONFLICT that says where, and changes nothing', async () => {
      const { player, story } = await newPlayer();
      await player.save(player.path(...WAY.slice(0, 3)));
      const before = await stored();
      const error = await player.saveRefusal(player.path(WAY[0]!, ['left', 'end']));
      expect(error.extensions).toEqual({
        code: 'CONFLICT',
        partsAtStep: 1,
        current: { step: 3, currentNodeId: story.node('right') },
      });
      expect(await stored()).toEqual(before);
    });

    it('is a CONFLICT at step 0 where not even the first choice is the same', async () => {
      const { player } = await newPlayer();
      await player.save(player.path(WAY[0]!));
      const error = await player.saveRefusal(player.path(['start', 'right']));
      expect(error.extensions).toMatchObject({ code: 'CONFLICT', partsAtStep: 0 });
    });

    it('keeps it as a playthrough of its own with restart, and leaves the other as it is', async () => {
      const { player } = await newPlayer();
      const first = await player.save(player.path(...WAY.slice(0, 3)));
      const before = await stored();
      const second = await player.save(player.path(WAY[0]!, ['left', 'end']), true);
      expect(second).toMatchObject({ step: 2, isCompleted: true });
      expect(second.id).not.toBe(first.id);
      const after = await stored();
      expect(after.playthroughs.slice(0, -1)).toEqual(before.playthroughs);
      expect(after.steps.slice(0, -2)).toEqual(before.steps);
      expect(await storedPath(player, second.id)).toEqual([
        [0, 'start', 'left'],
        [1, 'left', 'end'],
      ]);
      expect(await playsOf(player.story)).toBe(2);
    });

    it('keeps it as one of its own without restart where the latest is finished', async () => {
      const { player } = await newPlayer();
      const first = await player.save(player.path(...WAY));
      const second = await player.save(player.path(['start', 'right']));
      expect(second).toMatchObject({ step: 1, isCompleted: false });
      expect(second.id).not.toBe(first.id);
    });

    it('parts where the version that the latest is on does not lead on as the published one does', async () => {
      const { player, story, author } = await newPlayer();
      const path = player.path(['start', 'left'], ['right', 'end']);
      await player.save(path.slice(0, 1));
      const elsewhere = await player.saveRefusal(path);
      expect(elsewhere.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choicesMade.1.nodeId' }],
      });
      await author.updateChoice('start', 'left', { toNodeId: story.node('right') });
      await author.publish();
      const before = await stored();
      const parting = await player.saveRefusal(path);
      expect(parting.extensions).toMatchObject({ code: 'CONFLICT', partsAtStep: 1 });
      expect(await stored()).toEqual(before);
      const kept = await player.save(path, true);
      expect(kept).toMatchObject({ step: 2, isCompleted: true, version: { number: 2 } });
    });

    it('keeps it on the new version where that goes on from what was an ending', async () => {
      const { player, story, author } = await newPlayer();
      const finished = await player.save(player.path(...WAY));
      const toNodeId = await author.addNode({
        key: 'after',
        title: 'After',
        content: 'It goes on.',
        type: 'ENDING',
      });
      await author.updateNode('end', { type: 'CHOICE' });
      const onwards = await author.addChoice('end', { text: 'Go on', toNodeId });
      await author.publish();
      const longer = await player.save([
        ...player.path(...WAY),
        { nodeId: story.node('end'), choiceId: onwards },
      ]);
      expect(longer).toMatchObject({
        step: 5,
        isCompleted: true,
        ending: null,
        version: { number: 2 },
        currentNode: { key: 'after' },
      });
      expect(longer.id).not.toBe(finished.id);
    });
  });

  describe('refuses, and writes nothing of', () => {
    /** Each a whole path, and the place of its first choice that cannot be made. */
    const IMPOSSIBLE: [what: string, path: (player: Player) => object[], place: string][] = [
      [
        'a path that does not begin at the start',
        (player) => player.path(['left', 'end']),
        '0.nodeId',
      ],
      [
        'a choice of another node, first of all',
        ({ story }) => [{ nodeId: story.node('start'), choiceId: story.choice('left', 'end') }],
        '0.choiceId',
      ],
      [
        'a choice of another node, later on',
        (player) => [
          ...player.path(...WAY.slice(0, 2)),
          { nodeId: player.story.node('start'), choiceId: player.story.choice('right', 'end') },
        ],
        '2.choiceId',
      ],
      [
        'a node to which the choice before does not lead',
        (player) => player.path(['start', 'left'], ['right', 'end']),
        '1.nodeId',
      ],
      [
        'a choice that does not exist',
        ({ story }) => [{ nodeId: story.node('start'), choiceId: 'cho_999999999' }],
        '0.choiceId',
      ],
      [
        'a node that does not exist',
        ({ story }) => [{ nodeId: 'nod_999999999', choiceId: story.choice('start', 'left') }],
        '0.nodeId',
      ],
      [
        'a choice past an ending',
        (player) => [
          ...player.path(...WAY),
          { nodeId: player.story.node('end'), choiceId: player.story.choice('right', 'end') },
        ],
        '4.nodeId',
      ],
      [
        'a path that goes on past an ending from elsewhere',
        (player) => player.path(...WAY, ['start', 'left']),
        '4.nodeId',
      ],
      [
        'a choice id that is none',
        (player) => [
          ...player.path(WAY[0]!),
          { nodeId: player.story.node('left'), choiceId: player.story.node('left') },
        ],
        '1.choiceId',
      ],
      [
        'a node id that is none',
        (player) => [...player.path(WAY[0]!), { nodeId: 'left', choiceId: 'cho_1' }],
        '1.nodeId',
      ],
    ];

    it.each(IMPOSSIBLE)('%s, naming its place', async (_, pathOf, place) => {
      const { player } = await newPlayer();
      const before = await stored();
      const error = await player.saveRefusal(pathOf(player));
      expect(error.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: `input.choicesMade.${place}`, message: expect.any(String) }],
      });
      expect(await stored()).toEqual(before);
    });

    it('a continuation that cannot be made, counting from the start of the path', async () => {
      const { player, story } = await newPlayer();
      await player.save(player.path(...WAY.slice(0, 2)));
      const before = await stored();
      const error = await player.saveRefusal([
        ...player.path(...WAY.slice(0, 3)),
        { nodeId: story.node('right'), choiceId: story.choice('left', 'end') },
      ]);
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choicesMade.3.choiceId' }],
      });
      expect(await stored()).toEqual(before);
    });

    it('a path that goes on past the ending of a playthrough that is kept', async () => {
      const { player, story } = await newPlayer();
      await player.save(player.path(...WAY));
      const before = await stored();
      const error = await player.saveRefusal([
        ...player.path(...WAY),
        { nodeId: story.node('end'), choiceId: story.choice('right', 'end') },
      ]);
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choicesMade.4.nodeId' }],
      });
      expect(await stored()).toEqual(before);
    });

    it('10,001 choices', async () => {
      const { player } = await newPlayer();
      const before = await stored();
      const path = Array.from({ length: 10_001 }, () => player.path(WAY[0]!)[0]!);
      const error = await player.saveRefusal(path);
      expect(error.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.choicesMade', message: 'must have at most 10,000 choices' }],
      });
      expect(await stored()).toEqual(before);
    });

    it('a story that is not published', async () => {
      const { player, author } = await newPlayer();
      await author.unpublish();
      const before = await stored();
      const error = await player.saveRefusal(player.path(...WAY));
      expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
      expect(await stored()).toEqual(before);
    });

    it('what the anonymous send', async () => {
      const { player, story } = await newPlayer();
      const before = await stored();
      const error = await talegraph.client.fail(SAVE_PROGRESS, {
        input: { storyId: story.id, choicesMade: player.path(...WAY) },
      });
      expect(error.extensions.code).toBe('UNAUTHENTICATED');
      expect(await stored()).toEqual(before);
    });
  });

  describe('of a long way round and round', () => {
    const laps = (count: number): Move[] =>
      Array.from({ length: count }, (_, i) => (i % 2 === 0 ? WAY[0]! : WAY[1]!));

    it('keeps 3,000 choices, again without change, and continues from there', async () => {
      const { player } = await newPlayer();
      const path = player.path(...laps(3000));
      const saved = await player.save(path);
      expect(saved).toMatchObject({
        step: 3000,
        isCompleted: false,
        currentNode: { key: 'start' },
        choicesMade: { totalCount: 3000, pageInfo: { hasNextPage: true } },
      });
      expect(await storedPath(player, saved.id)).toEqual(
        laps(3000).map(([from, to], i) => [i, from, to]),
      );
      expect(await player.save(path)).toEqual(saved);
      const longer = await player.save(player.path(...laps(3000), ...WAY.slice(2)));
      expect(longer).toMatchObject({ id: saved.id, step: 3002, isCompleted: true });
    });

    it('keeps 10,000 choices, the most there may be', async () => {
      const { player } = await newPlayer();
      const saved = await player.save(player.path(...laps(10_000)));
      expect(saved.choicesMade.totalCount).toBe(10_000);
      expect(await player.save(player.path(...laps(10_000)))).toEqual(saved);
    });
  });
});
