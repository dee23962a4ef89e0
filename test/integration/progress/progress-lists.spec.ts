import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { keyOf, Player, STORY_PROGRESS } from '../../support/player.js';

const LIST = `query ($userId: ID, $status: ProgressStatus, $first: Int! = 20, $after: String) {
  progress(userId: $userId, status: $status, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id status step } edges { cursor node { id } }
  }
}`;
const PATH = `query ($storyId: ID!, $first: Int! = 20, $after: String) {
  storyProgress(storyId: $storyId) {
    choicesMade(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { step nodeId choiceId }
    }
  }
}`;

/** A cursor that a list returned, with its last values replaced by made-up ones. */
function forged(cursor: string, ...values: unknown[]): string {
  const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
  const made = [...content.slice(0, -values.length), ...values];
  return Buffer.from(JSON.stringify(made)).toString('base64url');
}

let talegraph: TestApp;
beforeAll(async () => {
  talegraph = await startApp();
});
afterAll(() => talegraph.close());

async function newPlayer(person?: Person) {
  const { factory, client } = talegraph;
  const story = await factory.newStory(await factory.newAuthor(), {
    nodes: { start: ['loop', 'end'], loop: ['start'], end: [] },
  });
  return new Player(client, person ?? (await factory.newReader()), story);
}

/** Makes a playthrough the one played last at `time`. */
const playedAt = (id: string, time: string) =>
  talegraph.database.query('UPDATE user_progress SET last_updated = $2 WHERE progress_id = $1', [
    keyOf(id),
    time,
  ]);

/** A reader with five playthroughs, and their ids, the latest first: the second and the last are finished. */
async function newShelf() {
  const player = await newPlayer();
  const other = await newPlayer(player.person);
  const ids: string[] = [];
  for (const [i, each] of [player, player, other, player, other].entries()) {
    const { id } = await each.start({ restart: true });
    if (i === 1 || i === 3) await each.choose(id, 0, ['start', 'end']);
    ids.push(id);
  }
  const [first, second, third, fourth, fifth] = ids as [string, string, string, string, string];
  await playedAt(first, '2026-03-01 05:00:00.123Z');
  await playedAt(second, '2026-03-01 04:00:00.123Z');
  await playedAt(third, '2026-03-01 03:00:00.123Z');
  // In the same millisecond: the younger one comes first.
  await playedAt(fourth, '2026-03-01 02:00:00.123Z');
  await playedAt(fifth, '2026-03-01 02:00:00.123Z');
  return { player, latestFirst: [first, second, third, fifth, fourth] };
}

const idsOf = ({ progress }: any): string[] => progress.nodes.map(({ id }: any) => id);

describe('progress', () => {
  it('lists one’s own playthroughs, the latest first, the younger of equals first', async () => {
    const { player, latestFirst } = await newShelf();
    const data = await player.client.get(LIST);
    expect(idsOf(data)).toEqual(latestFirst);
    expect(data.progress).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false } });
    expect(data.progress.edges.map(({ node }: any) => node.id)).toEqual(latestFirst);
  });

  it('is empty for those who have not played', async () => {
    const { factory, client } = talegraph;
    const reader = client.as((await factory.newReader()).token);
    expect(await reader.get(LIST)).toEqual({
      progress: {
        totalCount: 0,
        pageInfo: { hasNextPage: false, endCursor: null },
        nodes: [],
        edges: [],
      },
    });
  });

  it('moves a playthrough to the front when a choice is made in it', async () => {
    const { player, latestFirst } = await newShelf();
    const first = await player.start({ restart: true });
    await playedAt(first.id, '2026-02-01 00:00Z');
    expect(idsOf(await player.client.get(LIST)).at(-1)).toBe(first.id);
    await player.choose(first.id, 0, ['start', 'loop']);
    expect(idsOf(await player.client.get(LIST))).toEqual([first.id, ...latestFirst]);
  });

  it.each([
    ['COMPLETED', [1, 4]],
    ['IN_PROGRESS', [0, 2, 3]],
    [null, [0, 1, 2, 3, 4]],
  ])('with status %s lists those alone, and counts those alone', async (status, places) => {
    const { player, latestFirst } = await newShelf();
    const data = await player.client.get(LIST, { status });
    expect(idsOf(data)).toEqual(places.map((place) => latestFirst[place]));
    expect(data.progress.totalCount).toBe(places.length);
    if (status !== null) {
      expect(data.progress.nodes.map((node: any) => node.status)).toEqual(places.map(() => status));
    }
  });

  it('pages through all of them, each once, over equal times too', async () => {
    const { player, latestFirst } = await newShelf();
    for (const first of [1, 2, 3]) {
      const found: string[] = [];
      let after: string | null = null;
      let hasNextPage = true;
      while (hasNextPage) {
        const data: any = await player.client.get(LIST, { first, after });
        expect(data.progress.totalCount).toBe(5);
        expect(data.progress.edges.at(-1).cursor).toBe(data.progress.pageInfo.endCursor);
        found.push(...idsOf(data));
        ({ hasNextPage, endCursor: after } = data.progress.pageInfo);
      }
      expect(found).toEqual(latestFirst);
    }
  });

  it('leaves deleted playthroughs out', async () => {
    const { player, latestFirst } = await newShelf();
    const [first, ...others] = latestFirst;
    await player.client.get('mutation ($id: ID!) { deleteProgress(id: $id) }', { id: first });
    const data = await player.client.get(LIST);
    expect(idsOf(data)).toEqual(others);
    expect(data.progress.totalCount).toBe(4);
  });

  it('of another reader is for administrators alone', async () => {
    const { factory, client } = talegraph;
    const { player, latestFirst } = await newShelf();
    const userId = player.person.id;
    expect(idsOf(await player.client.get(LIST, { userId }))).toEqual(latestFirst);
    const admin = client.as((await factory.newAdmin()).token);
    expect(idsOf(await admin.get(LIST, { userId }))).toEqual(latestFirst);
    expect(idsOf(await admin.get(LIST))).toEqual([]);
    for (const person of [await factory.newReader(), await factory.newGuest()]) {
      const { data, errors } = await client.as(person.token).send(LIST, { userId });
      expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }]);
      expect(data?.progress ?? null).toBeNull();
    }
    expect((await client.fail(LIST, { userId })).extensions.code).toBe('UNAUTHENTICATED');
  });

  it.each([
    [0, 'must be at least 1'],
    [101, 'must be at most 100; page with `after`'],
  ])('refuses a page of %d, naming first', async (first, message) => {
    const player = await newPlayer();
    const error = await player.client.fail(LIST, { first });
    expect(error.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'first', message }],
    });
  });

  it.each([
    ['a time that is none', ['soon', 1]],
    ['a time that only some take for one', ['1', 1]],
    ['an id that is not whole', [1.5]],
    ['an id beyond all ids', [1e30]],
    ['an id that is no number', ['1']],
  ])('refuses a cursor with %s, naming after', async (_, values) => {
    const player = await newPlayer();
    await player.start();
    const { progress } = await player.client.get(LIST);
    const after = forged(progress.pageInfo.endCursor, ...values);
    const error = await player.client.fail(LIST, { after });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
  });

  it('refuses what is no cursor, or one of another list, naming after', async () => {
    const player = await newPlayer();
    const { id } = await player.start();
    await player.choose(id, 0, ['start', 'loop']);
    const { storyProgress } = await player.client.get(PATH, { storyId: player.story.id });
    for (const after of ['nonsense', '', storyProgress.choicesMade.pageInfo.endCursor]) {
      const error = await player.client.fail(LIST, { after });
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'after' }],
      });
    }
  });
});

describe('storyProgress', () => {
  it('is null for those who have not begun the story', async () => {
    const player = await newPlayer();
    const other = await newPlayer(player.person);
    await other.start();
    expect(await player.latest()).toBeNull();
  });

  it('is the latest unfinished playthrough, though a finished one was played later', async () => {
    const player = await newPlayer();
    const { id: older } = await player.start();
    const { id: unfinished } = await player.start({ restart: true });
    const { id: finished } = await player.start({ restart: true });
    await player.choose(finished, 0, ['start', 'end']);
    expect((await player.latest()).id).toBe(unfinished);
    await player.choose(older, 0, ['start', 'loop']);
    expect((await player.latest()).id).toBe(older);
  });

  it('is the latest finished one where none is unfinished', async () => {
    const player = await newPlayer();
    for (let i = 0; i < 2; i++) {
      const { id } = await player.start();
      await player.choose(id, 0, ['start', 'end']);
    }
    const { progress } = await player.client.get(LIST);
    expect((await player.latest()).id).toBe(progress.nodes[0].id);
  });

  it('is one’s own, whoever else plays', async () => {
    const { factory, client } = talegraph;
    const player = await newPlayer();
    await player.start();
    const other = new Player(client, await factory.newReader(), player.story);
    expect(await other.latest()).toBeNull();
    const { id } = await other.start();
    expect((await other.latest()).id).toBe(id);
  });

  it('is null for a story that does not exist, and refused to the anonymous', async () => {
    const player = await newPlayer();
    const storyId = 'sty_999999999';
    expect(await player.client.get(STORY_PROGRESS, { storyId })).toEqual({ storyProgress: null });
    const error = await talegraph.client.fail(STORY_PROGRESS, { storyId });
    expect(error.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('choicesMade', () => {
  async function walkedFive() {
    const player = await newPlayer();
    const { id } = await player.start();
    await player.chooseAll(id, [
      ['start', 'loop'],
      ['loop', 'start'],
      ['start', 'loop'],
      ['loop', 'start'],
      ['start', 'end'],
    ]);
    return player;
  }

  it('tells the whole path, in order', async () => {
    const { client, story } = await walkedFive();
    const { storyProgress } = await client.get(PATH, { storyId: story.id });
    const made = (step: number, from: string, to: string) => ({
      step,
      nodeId: story.node(from),
      choiceId: story.choice(from, to),
    });
    expect(storyProgress.choicesMade).toMatchObject({
      totalCount: 5,
      pageInfo: { hasNextPage: false },
      nodes: [
        made(0, 'start', 'loop'),
        made(1, 'loop', 'start'),
        made(2, 'start', 'loop'),
        made(3, 'loop', 'start'),
        made(4, 'start', 'end'),
      ],
    });
  });

  it('pages through the path, each choice once', async () => {
    const { client, story } = await walkedFive();
    const pages: number[][] = [];
    let after: string | null = null;
    let hasNextPage = true;
    while (hasNextPage) {
      const data: any = await client.get(PATH, { storyId: story.id, first: 2, after });
      const { nodes, pageInfo, totalCount } = data.storyProgress.choicesMade;
      expect(totalCount).toBe(5);
      pages.push(nodes.map(({ step }: any) => step));
      ({ hasNextPage, endCursor: after } = pageInfo);
    }
    expect(pages).toEqual([[0, 1], [2, 3], [4]]);
  });

  it.each([
    ['a step that is not whole', [1.5]],
    ['a step beyond all steps', [3_000_000_000]],
    ['a step that is no number', ['1']],
  ])('refuses a cursor with %s, naming after', async (_, values) => {
    const { client, story } = await walkedFive();
    const { storyProgress } = await client.get(PATH, { storyId: story.id });
    const after = forged(storyProgress.choicesMade.pageInfo.endCursor, ...values);
    const error = await client.fail(PATH, { storyId: story.id, after });
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
  });

  it('refuses what is no cursor, or one of another list, naming after', async () => {
    const { client, story } = await walkedFive();
    const { progress } = await client.get(LIST);
    for (const after of ['nonsense', '', progress.pageInfo.endCursor]) {
      const error = await client.fail(PATH, { storyId: story.id, after });
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'after' }],
      });
    }
  });
});
