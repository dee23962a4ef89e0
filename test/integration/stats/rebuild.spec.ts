import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../src/database/database.js';
import { FactCounter } from '../../../src/stats/counting/fact-counter.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import { countedTables } from '../../support/counted-tables.js';
import type { MadeStory } from '../../support/factory.js';
import { playCountOf } from '../../support/player.js';
import { play } from '../../support/playing.js';
import { Playthrough } from '../../support/playthrough.js';

const ZONES = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'UTC'];

describe('counting everything anew', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: {
        start: ['left', 'right', 'start'],
        left: ['good', 'start'],
        right: ['bad'],
        good: [],
        bad: [],
      },
      published: false,
    });
    const author = new Author(talegraph.client, person, story);
    await author.define({
      allowUndo: true,
      artifacts: [{ key: 'lamp', name: 'Lamp' }],
      variables: [{ name: 'luck', type: 'INT', initial: 1, shown: true, readerWritable: true }],
    });
    await author.updateNode('left', { effects: [{ op: 'AWARD', target: 'lamp' }] });
    await author.publish();
  });
  afterAll(() => talegraph.close());

  const rebuild = () => talegraph.app.get(FactCounter).rebuild(() => undefined);

  /** A reader who goes back, sets a variable, travels, finishes again and again, and saves a path that was played offline. */
  async function playWildly(zones: readonly string[]): Promise<void> {
    const playthrough = await Playthrough.begin(talegraph, story);
    const { player, id } = playthrough;
    const travel = (timezone: string) =>
      player.client.get(
        `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { timezone } }`,
        { input: { timezone } },
      );
    await playthrough.choose(0, 'start', 'start');
    await travel(zones[0]!);
    await playthrough.do('setVariables', {
      input: { step: 1, variables: [{ name: 'luck', value: 3 }] },
    });
    await playthrough.choose(2, 'start', 'left');
    await playthrough.choose(3, 'left', 'good');
    await travel(zones[1]!);
    await playthrough.do('undo', { input: { step: 4, choices: 2 } });
    await playthrough.choose(5, 'start', 'right');
    await playthrough.choose(6, 'right', 'bad');
    await player.save(player.path(['start', 'left'], ['left', 'good']), true);
    await play(player.client, story, ['start', 'left']);
    await play(player.client, story, ['start', 'right', 'bad']);
    await player.client.get(`mutation ($id: ID!) { deleteProgress(id: $id) }`, { id });
  }

  /** Spreads what was played over weeks, days and pauses, each differently. */
  const spread = () =>
    talegraph.database.query(`
      WITH moved AS (
        UPDATE user_progress SET start_time = start_time - progress_id % 1000 * interval '29 hours'
        RETURNING progress_id
      )
      UPDATE progress_steps
      SET at = at - progress_steps.progress_id % 1000 * interval '29 hours' + power(seq, 3) * interval '3 minutes',
          day = day - (progress_steps.progress_id % 9)::integer
      FROM moved WHERE moved.progress_id = progress_steps.progress_id`);

  /** All facts that there ever were, in an order that has nothing to do with time. */
  const shuffled = (): Promise<object[]> =>
    talegraph.database.query(`
      SELECT progress_id, seq FROM (
        SELECT progress_id, -1 AS seq FROM user_progress
        UNION ALL SELECT progress_id, seq FROM progress_steps WHERE choice_id IS NOT NULL
      ) AS steps ORDER BY md5(progress_id::text || seq)`);

  it('gives to the digit what was counted bit by bit, in any order', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => playWildly([ZONES[i % 4]!, ZONES[(i + 1) % 4]!])),
    );
    await talegraph.counted();
    await spread();
    await rebuild();
    const rebuilt = await countedTables(talegraph.database);
    for (const rows of Object.values(rebuilt)) expect(rows.length).toBeGreaterThan(0);

    const facts = await shuffled();
    expect(facts).toHaveLength(12 * 14);
    for (const table of Object.keys(rebuilt))
      await talegraph.database.query(`DELETE FROM ${table}`);
    while (facts.length > 0) {
      await talegraph.database.query(
        'INSERT INTO play_facts (progress_id, seq) SELECT progress_id, seq FROM jsonb_to_recordset($1) AS facts (progress_id bigint, seq integer)',
        [JSON.stringify(facts.splice(0, 7))],
      );
      await talegraph.counted();
    }
    const counted = await countedTables(talegraph.database);
    expect(await playCountOf(talegraph.database, story)).toBe(12 * 4);
    expect(played(counted)).toEqual(played(rebuilt));
    // An achievement stays with the day that it was first earned on, and its experience with it.
    await rebuild();
    expect(await countedTables(talegraph.database)).toEqual(counted);
  });

  it('leaves stories to those who change them meanwhile', async () => {
    await talegraph.app.get(Database).transaction(async () => {
      await rebuild();
      const free = await talegraph.database.query('SELECT FROM stories FOR NO KEY UPDATE NOWAIT');
      expect(free).toHaveLength(1);
    });
  });

  it('counts what is played meanwhile once', async () => {
    const { player } = await Playthrough.begin(talegraph, story);
    const times = 30;
    const played = (async () => {
      for (let i = 0; i < times; i++) await play(player.client, story, ['start', 'right', 'bad']);
    })();
    for (let i = 0; i < 5; i++) await rebuild();
    await played;
    await talegraph.counted();
    const { userStats } = await player.client.get(
      '{ userStats { playthroughs totalChoicesMade } }',
    );
    expect(userStats).toEqual({ playthroughs: times + 1, totalChoicesMade: 2 * times });
    const incremental = await countedTables(talegraph.database);
    await rebuild();
    expect(await countedTables(talegraph.database)).toEqual(incremental);
  });
});

/** What follows from what was played alone: without achievements, which are kept, and the experience that is in them. */
function played({
  user_achievements: _,
  standings: __,
  ...tables
}: Record<string, unknown[]>): object {
  const isOfAwards = (row: any) => row.plays === 0 && row.choices === 0;
  const { reader_days, reader_periods } = tables as Record<string, any[]>;
  return JSON.parse(
    JSON.stringify(
      {
        ...tables,
        reader_days: reader_days!.filter((row) => !isOfAwards(row)),
        reader_periods: reader_periods!.filter((row) => row.choices > 0 || row.stories_started > 0),
      },
      (key, value) => (key === 'xp' ? undefined : value),
    ),
  );
}
