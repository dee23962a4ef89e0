import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { keyOf, Player, storedPlays } from '../../support/player.js';

const DELETE = `mutation ($id: ID!) { deleteProgress(id: $id) }`;
const STATS = `{ userStats { storiesStarted storiesCompleted endingsFound totalChoicesMade totalPlayTime favoriteCategory } }`;

describe('deleteProgress', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newPlay() {
    const { factory, client } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { start: ['left', 'end'], left: ['end'], end: [] },
    });
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start();
    await player.choose(id, 0, ['start', 'left']);
    return { player, story, id: id as string };
  }

  it('takes the playthrough out of sight: nothing finds it or goes on in it', async () => {
    const { player, id } = await newPlay();
    expect(await player.client.get(DELETE, { id })).toEqual({ deleteProgress: true });
    expect(await player.latest()).toBeNull();
    const { progress } = await player.client.get('{ progress { totalCount nodes { id } } }');
    expect(progress).toEqual({ totalCount: 0, nodes: [] });
    const before = await storedPlays(talegraph.database);
    for (const error of [
      await player.refusal(id, 1, ['left', 'end']),
      await player.refusal(id, 0, ['start', 'left']),
    ]) {
      expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
    }
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('keeps the row and the path, marked as deleted', async () => {
    const { player, id } = await newPlay();
    const before = await storedPlays(talegraph.database);
    await player.client.get(DELETE, { id });
    const after = await storedPlays(talegraph.database);
    const marked = { ...before.playthroughs.at(-1), deleted_at: expect.any(Date) };
    expect(after).toEqual({
      ...before,
      playthroughs: [...before.playthroughs.slice(0, -1), marked],
    });
    expect(marked.progress_id).toBe(keyOf(id));
  });

  it('still counts in the reader’s statistics', async () => {
    const { player, id } = await newPlay();
    await player.choose(id, 1, ['left', 'end']);
    await talegraph.counted();
    const before = await player.client.get(STATS);
    expect(before.userStats).toEqual({
      storiesStarted: 1,
      storiesCompleted: 1,
      endingsFound: 1,
      totalChoicesMade: 2,
      totalPlayTime: 0,
      favoriteCategory: 'fantasy',
    });
    await player.client.get(DELETE, { id });
    expect(await player.client.get(STATS)).toEqual(before);
  });

  it('makes way: the story begins anew, by starting it or by a path played offline', async () => {
    const { player, id } = await newPlay();
    await player.client.get(DELETE, { id });
    const { id: second, step } = await player.start();
    expect(step).toBe(0);
    expect(second).not.toBe(id);
    await player.client.get(DELETE, { id: second });
    const saved = await player.save(player.path(['start', 'left']));
    expect(saved.step).toBe(1);
    expect([id, second]).not.toContain(saved.id);
  });

  it('leaves the reader’s other playthroughs alone', async () => {
    const { player, id } = await newPlay();
    const { id: other } = await player.start({ restart: true });
    await player.client.get(DELETE, { id: other });
    expect(await player.latest()).toMatchObject({ id, step: 1 });
    expect((await player.choose(id, 1, ['left', 'end'])).isEnding).toBe(true);
  });

  it('twice is NOT_FOUND the second time', async () => {
    const { player, id } = await newPlay();
    await player.client.get(DELETE, { id });
    const before = await storedPlays(talegraph.database);
    expect((await player.client.fail(DELETE, { id })).extensions).toEqual({ code: 'NOT_FOUND' });
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('refuses others, administrators too, as if there were none, and changes nothing', async () => {
    const { factory, client } = talegraph;
    const { id } = await newPlay();
    const before = await storedPlays(talegraph.database);
    for (const person of [
      await factory.newReader(),
      await factory.newGuest(),
      await factory.newAdmin(),
    ]) {
      const error = await client.as(person.token).fail(DELETE, { id });
      expect(error.message).toBe('You have no such playthrough.');
      expect(error.extensions).toEqual({ code: 'NOT_FOUND' });
    }
    expect((await client.fail(DELETE, { id })).extensions.code).toBe('UNAUTHENTICATED');
    expect(await storedPlays(talegraph.database)).toEqual(before);
  });

  it('refuses an id that is none, naming it', async () => {
    const { player, story } = await newPlay();
    for (const id of [story.id, '1', '']) {
      const error = await player.client.fail(DELETE, { id });
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'id' }] });
    }
  });
});
