import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { keyOf, MAKE_CHOICE, Player, type Move } from '../../support/player.js';

const AT_ONCE = 50;
const ROUNDS = 5;
const ROOMS = Array.from({ length: AT_ONCE }, (_, i) => `room-${i + 1}`);

describe('makeChoice, many at once,', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  /** A new reader in a hall with fifty doors, each to a room that leads back to the hall. */
  async function newPlay() {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: {
        hall: [...ROOMS, 'end'],
        ...Object.fromEntries(ROOMS.map((room) => [room, ['hall']])),
        end: [],
      },
    });
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start();
    return { player, story, id: id as string };
  }

  const stored = async (id: string) => {
    const [playthrough] = await talegraph.database.query(
      'SELECT current_node_id, state, step, is_completed FROM user_progress WHERE progress_id = $1',
      [keyOf(id)],
    );
    const steps = await talegraph.database.query(
      'SELECT seq, node_id, choice_id, to_node_id FROM progress_steps WHERE progress_id = $1 ORDER BY seq',
      [keyOf(id)],
    );
    return { playthrough, steps };
  };

  it(`${AT_ONCE} times the same: made once, and all get the same answer`, async () => {
    const { player, story, id } = await newPlay();
    for (let round = 0; round < ROUNDS; round++) {
      const step = 2 * round;
      const room = ROOMS[round]!;
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, () => player.choose(id, step, ['hall', room])),
      );
      expect(answers[0]).toMatchObject({
        nextNode: { key: room },
        progress: { id, step: step + 1, choicesMade: { totalCount: step + 1 } },
      });
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      await player.choose(id, step + 1, [room, 'hall']);
    }
    const path = ROOMS.slice(0, ROUNDS)
      .flatMap((room): Move[] => [
        ['hall', room],
        [room, 'hall'],
      ])
      .map(([from, to], seq) => ({
        seq,
        node_id: keyOf(story.node(from)),
        choice_id: keyOf(story.choice(from, to)),
        to_node_id: keyOf(story.node(to)),
      }));
    const hall = keyOf(story.node('hall'));
    expect(await stored(id)).toEqual({
      playthrough: {
        current_node_id: hall,
        state: { node: hall, turn: 2 * ROUNDS },
        step: 2 * ROUNDS,
        is_completed: false,
      },
      steps: path,
    });
  });

  it(`${AT_ONCE} times the same into an ending: ended once, and all get the same answer`, async () => {
    const { player, story, id } = await newPlay();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => player.choose(id, 0, ['hall', 'end'])),
    );
    expect(answers[0]).toMatchObject({ isEnding: true, progress: { step: 1, isCompleted: true } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const { playthrough, steps } = await stored(id);
    expect(playthrough).toMatchObject({
      current_node_id: keyOf(story.node('end')),
      step: 1,
      is_completed: true,
    });
    expect(steps).toHaveLength(1);
  });

  it(`${AT_ONCE} times the same into an ending, by storyId: ended once, and no other playthrough moves`, async () => {
    const { player, story, id: older } = await newPlay();
    const { id } = await player.start({ restart: true });
    const { progressId: _, ...choice } = player.input(id, 0, ['hall', 'end']);
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () =>
        player.client.get(MAKE_CHOICE, { input: { ...choice, storyId: story.id } }),
      ),
    );
    expect(answers[0].makeChoice.progress).toMatchObject({ id, step: 1, isCompleted: true });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await stored(id)).steps).toHaveLength(1);
    expect((await stored(older)).steps).toEqual([]);
  });

  it(`${AT_ONCE} different ones on one step: one is made, the others are CONFLICTs`, async () => {
    const { player, story, id } = await newPlay();
    for (let round = 0; round < ROUNDS; round++) {
      const step = 2 * round;
      const answers = await Promise.all(
        ROOMS.map((room) =>
          player.client.send(MAKE_CHOICE, { input: player.input(id, step, ['hall', room]) }),
        ),
      );
      const won = answers.flatMap(({ data }, i) => (data?.makeChoice ? [ROOMS[i]!] : []));
      expect(won).toHaveLength(1);
      const room = won[0]!;
      const errors = answers.flatMap((answer) => answer.errors);
      expect(errors).toHaveLength(AT_ONCE - 1);
      for (const { extensions } of errors) {
        expect(extensions).toEqual({
          code: 'CONFLICT',
          current: { step: step + 1, currentNodeId: story.node(room) },
        });
      }

      const { playthrough, steps } = await stored(id);
      const node = keyOf(story.node(room));
      expect(playthrough).toEqual({
        current_node_id: node,
        state: { node, turn: step + 1 },
        step: step + 1,
        is_completed: false,
      });
      expect(steps).toHaveLength(step + 1);
      expect(steps.filter(({ seq }: any) => seq === step)).toEqual([
        {
          seq: step,
          node_id: keyOf(story.node('hall')),
          choice_id: keyOf(story.choice('hall', room)),
          to_node_id: node,
        },
      ]);
      await player.choose(id, step + 1, [room, 'hall']);
    }
  });

  it('by many readers: each moves their own playthrough alone', async () => {
    const { factory, client } = talegraph;
    const { story } = await newPlay();
    const readers = await Promise.all(
      ROOMS.slice(0, 10).map(async () => new Player(client, await factory.newReader(), story)),
    );
    const ids: string[] = (await Promise.all(readers.map((reader) => reader.start()))).map(
      (progress) => progress.id,
    );
    await Promise.all(readers.map((reader, i) => reader.choose(ids[i]!, 0, ['hall', ROOMS[i]!])));
    for (const [i, id] of ids.entries()) {
      const { playthrough, steps } = await stored(id);
      expect(playthrough).toMatchObject({
        current_node_id: keyOf(story.node(ROOMS[i]!)),
        step: 1,
      });
      expect(steps).toHaveLength(1);
    }
  });
});
