import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ChoiceRecorder } from '../../../src/progress/playthroughs/choice.recorder.js';
import { ProgressRepository } from '../../../src/progress/playthroughs/progress.repository.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory } from '../../support/factory.js';
import { keyOf, Player } from '../../support/player.js';
import { untilSomeWait } from '../../support/locks.js';

const READERS = 12;
const LANES = 2;

describe('choices that readers make at the same moment', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    story = await talegraph.factory.newStory(await talegraph.factory.newAuthor(), {
      nodes: { hall: ['yard', 'end'], yard: ['hall'], end: [] },
    });
  });
  afterAll(() => talegraph.close());

  async function newPlay() {
    const reader = await talegraph.factory.newReader();
    const player = new Player(talegraph.client, reader, story);
    const id = (await player.start()).id as string;
    return { player, id, reader };
  }

  const newPlays = () => Promise.all(Array.from({ length: READERS }, newPlay));

  const steps = (ids: readonly string[]) =>
    talegraph.database.query<{ id: number; seq: number; to: number }[]>(
      `SELECT progress_id AS id, seq, to_node_id AS to FROM progress_steps
       WHERE progress_id = ANY ($1) ORDER BY progress_id, seq`,
      [ids.map(keyOf)],
    );

  /** Keeps playthroughs from being changed while `work` goes on. */
  async function whileLocked(ids: readonly string[], work: () => Promise<void>): Promise<void> {
    await talegraph.database.transaction(async (manager) => {
      await manager.query('SELECT FROM user_progress WHERE progress_id = ANY ($1) FOR UPDATE', [
        ids.map(keyOf),
      ]);
      await work();
    });
  }

  it('are one statement where they had to wait, each recorded once and answered with its own node', async () => {
    const plays = await newPlays();
    const [first, second, ...rest] = plays;
    const held = [first!, second!];
    const answers: Promise<any>[] = [];
    const advance = jest.spyOn(talegraph.app.get(ChoiceRecorder), 'advance');
    const sent = await talegraph.statements.sentDuring(async () => {
      await whileLocked(
        held.map(({ id }) => id),
        async () => {
          for (const { player, id } of held) {
            answers.push(player.choose(id, 0, ['hall', 'yard']));
            await untilSomeWait(talegraph.database, answers.length);
          }
          for (const [i, { player, id }] of rest.entries())
            answers.push(player.choose(id, 0, ['hall', i % 2 === 0 ? 'end' : 'yard']));
          while (advance.mock.calls.length < READERS) await setTimeout(10);
        },
      );
      await Promise.all(answers);
    });
    advance.mockRestore();
    const made = sent.filter(({ name }) => name === 'progress-advance');
    expect(made.map(({ values: [rows] }) => JSON.parse(rows as string).length)).toEqual([
      ...Array<number>(LANES).fill(1),
      READERS - LANES,
    ]);
    const to = plays.map((_, i) => (i >= LANES && i % 2 === 0 ? 'end' : 'yard'));
    expect(
      (await Promise.all(answers)).map(({ progress, nextNode }) => [progress.id, nextNode.key]),
    ).toEqual(plays.map(({ id }, i) => [id, to[i]]));
    expect(await steps(plays.map(({ id }) => id))).toEqual(
      plays
        .map(({ id }, i) => ({ id: keyOf(id), seq: 0, to: keyOf(story.node(to[i]!)) }))
        .toSorted((one, other) => one.id - other.id),
    );
  });

  /** What moves each of some playthroughs from the hall to the yard. */
  async function movesOf(plays: readonly Awaited<ReturnType<typeof newPlay>>[]) {
    const { app } = talegraph;
    const yard = keyOf(story.node('yard'));
    return Promise.all(
      plays.map(async ({ id, reader }) => {
        const from = (await app.get(ProgressRepository).find(keyOf(id), reader.viewer.userId))!;
        const choice = {
          ...{ choiceId: keyOf(story.choice('hall', 'yard')), outcome: null, collected: null },
          ...{ state: { ...from.state, node: yard, turn: 1 }, isCompleted: false, ending: null },
        };
        return { from, choice };
      }),
    );
  }

  it('are recorded though one of them cannot be', async () => {
    const plays = await newPlays();
    const moves = await movesOf(plays);
    const told = await Promise.allSettled(
      moves.map(({ from, choice }, i) =>
        // No text of PostgreSQL holds this character.
        talegraph.app
          .get(ChoiceRecorder)
          .advance(from, i === 5 ? { ...choice, ending: '\0' } : choice),
      ),
    );
    expect(told.map(({ status }) => status)).toEqual(
      plays.map((_, i) => (i === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(told[5]).toMatchObject({ reason: { message: expect.stringContaining('Unicode') } });
    const recorded = await steps(plays.map(({ id }) => id));
    expect(recorded.map(({ id }) => id)).toEqual(
      plays
        .toSpliced(5, 1)
        .map(({ id }) => keyOf(id))
        .toSorted((one, other) => one - other),
    );
    // Each is told what its row is now: it can go on from there.
    for (const [i, result] of told.entries()) {
      if (result.status === 'rejected') continue;
      expect(result.value).toMatchObject({
        progress: { progressId: keyOf(plays[i]!.id), step: 1 },
      });
      const { player, id } = plays[i]!;
      expect(await player.choose(id, 1, ['yard', 'hall'])).toMatchObject({
        nextNode: { key: 'hall' },
        progress: { step: 2 },
      });
    }
  });

  it('show a reader of two playthroughs where each of them came to, under a spoiler guard', async () => {
    const { factory, client } = talegraph;
    const guarded = await factory.newStory(await factory.newAuthor(), {
      nodes: { hall: ['yard', 'end'], yard: ['hall'], end: [] },
      spoilerGuard: true,
    });
    const player = new Player(client, await factory.newReader(), guarded);
    const ids: string[] = [];
    for (let i = 0; i < 2; i++) ids.push((await player.start({ restart: true })).id as string);
    const [one, other] = ids as [string, string];
    await player.choose(one, 0, ['hall', 'yard']);
    await player.choose(one, 1, ['yard', 'hall']);
    const answers: Promise<any>[] = [];
    await whileLocked([one, other], async () => {
      // Each is told by the clock of the reader before both.
      answers.push(player.choose(one, 2, ['hall', 'yard']));
      await untilSomeWait(talegraph.database, 1);
      answers.push(player.choose(other, 0, ['hall', 'end']));
      await untilSomeWait(talegraph.database, 2);
    });
    expect((await Promise.all(answers)).map(({ nextNode }) => nextNode.key)).toEqual([
      'yard',
      'end',
    ]);
  });

  it('are made once where two are of one playthrough, and the other is told that nothing was done', async () => {
    const [move] = await movesOf([await newPlay()]);
    const { from, choice } = move!;
    const ending = { ...choice, ending: 'good' };
    const recorder = talegraph.app.get(ChoiceRecorder);
    const told = await Promise.all([
      recorder.advance(from, choice),
      recorder.advance(from, ending),
    ]);
    const [made, ...others] = told.filter((outcome) => outcome !== undefined);
    expect(others).toEqual([]);
    const [row] = await talegraph.database.query(
      'SELECT step, ending, xmin::text AS version FROM user_progress WHERE progress_id = $1',
      [from.progressId],
    );
    expect(row).toEqual({
      step: 1,
      ending: made!.progress.ending,
      version: made!.progress.rowVersion,
    });
  });
});
