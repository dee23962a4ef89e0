import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Player } from '../../support/player.js';
import { letPass } from '../../support/playing.js';

describe('the time spent playing', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newPlay() {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { start: ['loop', 'end'], loop: ['start'], end: [] },
    });
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start();
    return { player, id: id as string };
  }

  const wait = (id: string, pause: string) => letPass(talegraph.database, id, pause);

  const minutes = async ({ client }: Player): Promise<number> => {
    await talegraph.counted();
    return (await client.get('{ userStats { totalPlayTime } }')).userStats.totalPlayTime;
  };

  const seconds = async ({ client }: Player): Promise<number> => {
    await talegraph.counted();
    const { userStats } = await client.get('{ userStats { stories { nodes { playSeconds } } } }');
    return userStats.stories.nodes[0].playSeconds;
  };

  it('is 0 before the first choice', async () => {
    const { player } = await newPlay();
    expect(await minutes(player)).toBe(0);
  });

  it('counts a pause of two minutes as two', async () => {
    const { player, id } = await newPlay();
    await wait(id, '2 minutes');
    await player.choose(id, 0, ['start', 'loop']);
    expect(await minutes(player)).toBe(2);
    expect(await seconds(player)).toBeGreaterThanOrEqual(120);
    expect(await seconds(player)).toBeLessThan(150);
  });

  it('counts a pause of three hours as ten minutes', async () => {
    const { player, id } = await newPlay();
    await wait(id, '3 hours');
    await player.choose(id, 0, ['start', 'loop']);
    expect(await minutes(player)).toBe(10);
    expect(await seconds(player)).toBe(600);
  });

  it('adds up over the choices of a playthrough', async () => {
    const { player, id } = await newPlay();
    await wait(id, '2 minutes');
    await player.choose(id, 0, ['start', 'loop']);
    await wait(id, '3 hours');
    await player.choose(id, 1, ['loop', 'start']);
    await wait(id, '1 minute');
    await player.choose(id, 2, ['start', 'end']);
    expect(await minutes(player)).toBe(13);
  });

  it('adds up over playthroughs before it is rounded down to minutes', async () => {
    const { player, id: first } = await newPlay();
    const { id: second } = await player.start({ restart: true });
    for (const id of [first, second]) {
      await wait(id, '90 seconds');
      await player.choose(id, 0, ['start', 'loop']);
    }
    expect(await minutes(player)).toBe(3);
  });

  it('counts nothing for the same choice sent again, nor for looking', async () => {
    const { player, id } = await newPlay();
    await wait(id, '2 minutes');
    await player.choose(id, 0, ['start', 'loop']);
    const spent = await seconds(player);
    await wait(id, '5 minutes');
    await player.choose(id, 0, ['start', 'loop']);
    await player.start();
    await player.latest();
    expect(await seconds(player)).toBe(spent);
  });

  it('never shrinks, though the clock was set back', async () => {
    const { player, id } = await newPlay();
    await wait(id, '-1 hour');
    await player.choose(id, 0, ['start', 'loop']);
    expect(await seconds(player)).toBe(0);
  });

  it('is each reader’s own', async () => {
    const { factory, client } = talegraph;
    const { player, id } = await newPlay();
    const other = new Player(client, await factory.newReader(), player.story);
    await other.start();
    await wait(id, '2 minutes');
    await player.choose(id, 0, ['start', 'loop']);
    expect(await minutes(other)).toBe(0);
  });
});
