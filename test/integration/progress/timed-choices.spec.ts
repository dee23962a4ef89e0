import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GRACE_MS } from '../../../src/engine/core/play.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Author } from '../../support/author.js';
import type { MadeStory } from '../../support/factory.js';
import { keyOf } from '../../support/player.js';
import { Playthrough } from '../../support/playthrough.js';

const LIMIT_MS = 60_000;

describe('a timed choice', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const person = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(person, {
      nodes: { hall: ['bridge'], bridge: ['far', 'river'], far: [], river: [] },
      published: false,
    });
    const author = new Author(talegraph.client, person, story);
    await author.updateChoice('bridge', 'river', { afterSeconds: LIMIT_MS / 1000 });
    await author.publish();
  });
  afterAll(() => talegraph.close());

  /** A reader who came to the bridge so long ago. */
  async function atBridge(ago: number): Promise<Playthrough> {
    const play = await Playthrough.begin(talegraph, story);
    await play.choose(0, 'hall', 'bridge');
    await talegraph.database.query(
      `UPDATE user_progress SET state = jsonb_set(state, '{enteredAt}', to_jsonb((state->>'enteredAt')::bigint - $2::bigint))
       WHERE progress_id = $1`,
      [keyOf(play.id), ago],
    );
    await talegraph.database.query(
      `UPDATE progress_steps SET outcome = jsonb_set(outcome, '{now}', to_jsonb((outcome->>'now')::bigint - $2::bigint))
       WHERE progress_id = $1 AND seq = 0`,
      [keyOf(play.id), ago],
    );
    return play;
  }

  it('tells its deadline', async () => {
    const before = Date.now();
    const { deadline } = await (await atBridge(0)).do('see');
    const due = new Date(deadline as string).getTime();
    expect(due).toBeGreaterThanOrEqual(before + LIMIT_MS);
    expect(due).toBeLessThanOrEqual(Date.now() + LIMIT_MS);
  });

  it.each([
    ['in time', LIMIT_MS / 2],
    ['within the grace for the way to the server', LIMIT_MS + GRACE_MS / 4],
  ])('lets the reader choose %s', async (_, ago) => {
    const play = await atBridge(ago);
    const { nextNode, events } = await play.choose(1, 'bridge', 'far');
    expect(nextNode.key).toBe('far');
    expect(events.map(({ type }: any) => type)).not.toContain('TIME_EXPIRED');
  });

  it('makes itself when time is out, whatever is sent, and again the same on a repeat', async () => {
    const play = await atBridge(LIMIT_MS + GRACE_MS + 1000);
    const late = await play.choose(1, 'bridge', 'far');
    expect(late.nextNode.key).toBe('river');
    expect(late.events[0]).toMatchObject({
      type: 'TIME_EXPIRED',
      choiceId: story.choice('bridge', 'river'),
    });
    expect(await play.choose(1, 'bridge', 'far')).toEqual(late);
    expect(await play.do('replay')).toMatchObject({ isGenuine: true });
    const other = play.player.input(play.id, 1, ['bridge', 'river']);
    expect((await play.refuses('makeChoice', { input: other })).extensions.code).toBe('CONFLICT');
  });

  it('cannot be got round by a path that was played offline', async () => {
    const play = await atBridge(0);
    const { player } = play;
    const path = player.path(['hall', 'bridge'], ['bridge', 'far']);
    const { extensions } = await player.saveRefusal(path);
    expect(extensions.fields).toMatchObject([{ path: 'input.choicesMade.1.choiceId' }]);
    const fresh = await Playthrough.begin(talegraph, story);
    await fresh.player.save(fresh.player.path(['hall', 'bridge']));
    expect((await fresh.do('see')).deadline).not.toBeNull();
    expect((await fresh.do('replay')).isGenuine).toBe(true);
  });
});
