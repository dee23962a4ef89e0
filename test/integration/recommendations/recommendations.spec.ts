import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NeighbourSearch } from '../../../src/recommendations/neighbours/neighbour-search.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person, StoryShape } from '../../support/factory.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { play } from '../../support/playing.js';

const ITEMS = 'totalCount nodes { story { id } reason { kind text story { id } } }';
const RECOMMENDED = `query ($first: Int = 100, $after: String) {
  recommendedStories(first: $first, after: $after) { ${ITEMS} pageInfo { hasNextPage endCursor } }
}`;
const SIMILAR = `query ($id: ID!) { similarStories(storyId: $id, first: 100) { ${ITEMS} } }`;

describe('recommendations', () => {
  let talegraph: TestApp;
  let author: Person;
  let reader: Person;
  let client: GraphqlClient;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    // What the tests before published is out of sight.
    await sql('UPDATE stories SET is_published = false');
    author = await talegraph.factory.newAuthor();
    reader = await talegraph.factory.newReader();
    client = as(reader);
  });

  const as = ({ token }: Person) => talegraph.client.as(token);
  const sql = (text: string, values: unknown[] = []) => talegraph.database.query(text, values);
  const search = () => talegraph.app.get(NeighbourSearch).run();

  let count = 0;
  /** A story that has nothing in common with others, but for what is said. */
  const newStory = async (shape: StoryShape = {}): Promise<MadeStory> => {
    const n = ++count;
    return talegraph.factory.newStory(await talegraph.factory.newAuthor(), {
      title: `Tale${n}`,
      description: `Words${n}`,
      category: `category-${n}`,
      ...shape,
    });
  };

  /** Lets some readers finish stories, as the statistics have it. */
  const crowd = async (size: number, ...stories: MadeStory[]): Promise<void> => {
    for (let i = 0; i < size; i++) {
      const { viewer } = await talegraph.factory.newReader();
      await sql(
        `INSERT INTO reader_stories (user_id, story_id, plays, finishes, last_at)
         SELECT $1, story_id, 1, 1, now() FROM unnest($2::bigint[]) AS story_id`,
        [viewer.userId, stories.map(({ storyId }) => storyId)],
      );
    }
  };
  const finish = async (story: MadeStory, by = client): Promise<string> => {
    const id = await play(by, story, ['start', 'end']);
    await talegraph.counted();
    return id;
  };
  const recommended = async (by = client) =>
    (await by.get(RECOMMENDED)).recommendedStories.nodes as any[];
  const similar = async ({ id }: MadeStory, by = client) =>
    (await by.get(SIMILAR, { id })).similarStories.nodes as any[];
  const idsOf = (items: any[]): string[] => items.map(({ story }) => story.id);

  describe('for a reader', () => {
    it('are what readers of what they finished liked, and say so', async () => {
      const [known, near, far] = [await newStory(), await newStory(), await newStory()];
      await crowd(4, known, near);
      await crowd(4, far, await newStory());
      await search();
      await finish(known);

      const [first, ...others] = await recommended();
      expect(first).toEqual({
        story: { id: near.id },
        reason: {
          kind: 'FINISHED',
          text: `Because you finished “Tale${count - 3}”.`,
          story: { id: known.id },
        },
      });
      expect(others.map(({ reason }) => reason.kind)).toEqual(['POPULAR', 'POPULAR']);
      expect(others.map(({ reason }) => [reason.text, reason.story])[0]).toEqual([
        'Well liked by readers.',
        null,
      ]);
    });

    it('say whether a story was liked or only begun, and name the one that did most', async () => {
      const [liked, begun] = [await newStory(), await newStory()];
      const [nearLiked, nearBegun, nearBoth] = [
        await newStory(),
        await newStory(),
        await newStory(),
      ];
      await crowd(5, liked, nearLiked);
      await crowd(5, begun, nearBegun);
      await crowd(5, liked, begun, nearBoth);
      await search();
      await play(client, begun, ['start']);
      await finish(liked);
      await talegraph.factory.review(liked, reader, 5);

      const items = await recommended();
      const reasonOf = ({ id }: MadeStory) => items.find(({ story }) => story.id === id).reason;
      expect(reasonOf(nearLiked)).toMatchObject({ kind: 'LIKED', story: { id: liked.id } });
      expect(reasonOf(nearLiked).text).toMatch(/^Because you liked “Tale\d+”\.$/);
      expect(reasonOf(nearBegun)).toMatchObject({ kind: 'STARTED', story: { id: begun.id } });
      expect(reasonOf(nearBegun).text).toMatch(/^Because you began “Tale\d+”\.$/);
      expect(reasonOf(nearBoth)).toMatchObject({ kind: 'LIKED', story: { id: liked.id } });
      const ids = idsOf(items);
      expect(ids.indexOf(nearBoth.id)).toBeLessThan(ids.indexOf(nearBegun.id));
    });

    it('are never because of a story that they rated badly', async () => {
      const [bad, near] = [await newStory(), await newStory()];
      await crowd(4, bad, near);
      await search();
      await finish(bad);
      expect((await recommended())[0].reason.kind).toBe('FINISHED');
      await talegraph.factory.review(bad, reader, 2);
      expect(await recommended()).toEqual([
        expect.objectContaining({
          story: { id: near.id },
          reason: expect.objectContaining({ kind: 'POPULAR', story: null }),
        }),
      ]);
    });

    it('are never because of a story that is not published any more', async () => {
      const [gone, near] = [await newStory(), await newStory()];
      await crowd(4, gone, near);
      await search();
      await finish(gone);
      await sql('UPDATE stories SET is_published = false WHERE story_id = $1', [gone.storyId]);
      const [item] = await recommended();
      expect(item).toMatchObject({
        story: { id: near.id },
        reason: { kind: 'POPULAR', story: null },
      });
    });

    it('leave out what they finished, began or rated, at once and for good', async () => {
      const [known, other] = [await newStory(), await newStory()];
      const [finished, begun, rated] = [await newStory(), await newStory(), await newStory()];
      await crowd(4, known, finished, begun, rated, other);
      await search();
      await finish(known);
      expect(new Set(idsOf(await recommended()))).toEqual(
        new Set([finished.id, begun.id, rated.id, other.id]),
      );

      // The statistics do not know of it yet.
      const id = await play(client, finished, ['start', 'end']);
      await play(client, begun, ['start']);
      await talegraph.factory.review(rated, reader, 1);
      expect(idsOf(await recommended())).toEqual([other.id]);
      await client.get('mutation ($id: ID!) { deleteProgress(id: $id) }', { id });
      expect(idsOf(await recommended())).toEqual([other.id]);
      expect(idsOf(await similar(known))).toEqual([other.id]);
    });

    it('leave out their own stories, those that they work on, and what is not published', async () => {
      const known = await newStory();
      const own = await talegraph.factory.newStory(reader, { category: 'own' });
      const [shared, gone, other] = [await newStory(), await newStory(), await newStory()];
      await crowd(4, known, own, shared, gone, other);
      await search();
      await finish(known);
      await talegraph.factory.share(author, shared, reader, 'viewer');
      await sql('UPDATE stories SET is_published = false WHERE story_id = $1', [gone.storyId]);
      expect(idsOf(await recommended())).toEqual([other.id]);
      expect(idsOf(await similar(known))).toEqual([other.id]);
    });

    it('leave out what is by somebody whom they blocked', async () => {
      const [known, other] = [await newStory(), await newStory()];
      const theirs = await talegraph.factory.newStory(author, { category: 'theirs' });
      await crowd(4, known, theirs, other);
      await search();
      await finish(known);
      expect(idsOf(await recommended())).toContain(theirs.id);
      await client.get('mutation ($id: ID!) { blockUser(userId: $id) { id } }', { id: author.id });
      expect(idsOf(await recommended())).toEqual([other.id]);
      expect(idsOf(await similar(known))).toEqual([other.id]);
      // Of others, nobody is kept.
      expect(idsOf(await similar(known, talegraph.client))).toContain(theirs.id);
    });

    it('do not come from playing one’s own stories', async () => {
      const own = await talegraph.factory.newStory(reader, { category: 'own' });
      const near = await newStory();
      await crowd(4, own, near);
      await search();
      await finish(own);
      expect((await recommended())[0]).toMatchObject({
        story: { id: near.id },
        reason: { kind: 'POPULAR' },
      });
    });

    it('come a page at a time', async () => {
      const known = await newStory();
      const others: MadeStory[] = [];
      for (let i = 0; i < 5; i++) others.push(await newStory());
      await crowd(4, known, ...others);
      await search();
      await finish(known);

      const all = idsOf(await recommended());
      const first = (await client.get(RECOMMENDED, { first: 3 })).recommendedStories;
      expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([5, true]);
      const after = first.pageInfo.endCursor;
      const second = (await client.get(RECOMMENDED, { first: 3, after })).recommendedStories;
      expect([...idsOf(first.nodes), ...idsOf(second.nodes)]).toEqual(all);
      expect(second.pageInfo.hasNextPage).toBe(false);
      expect(await client.fail(RECOMMENDED, { first: 101 })).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
    });
  });

  describe('without a history', () => {
    const popularity = (story: MadeStory, plays: number, ratings: number, sum: number) =>
      sql(
        'UPDATE stories SET play_count = $2, rating_count = $3, rating_sum = $4 WHERE story_id = $1',
        [...[story.storyId, plays, ratings, sum]],
      );

    it('are what is well liked and much played, for guests and for anybody', async () => {
      const [bad, single, loved] = [await newStory(), await newStory(), await newStory()];
      await popularity(bad, 500, 100, 150);
      await popularity(single, 1, 1, 5);
      await popularity(loved, 500, 100, 450);
      const order = [loved.id, bad.id, single.id];
      const guest = as(await talegraph.factory.newGuest());
      for (const by of [talegraph.client, guest, client]) {
        const items = await recommended(by);
        expect(idsOf(items)).toEqual(order);
        expect(new Set(items.map(({ reason }) => reason.kind))).toEqual(new Set(['POPULAR']));
      }
    });

    it('are at first of a category and in a language that they have begun something in', async () => {
      const begun = await newStory({ category: 'mystery', language: 'fi' });
      const same = await newStory({ category: 'mystery', language: 'fi' });
      const language = await newStory({ language: 'fi' });
      const category = await newStory({ category: 'mystery' });
      await popularity(category, 50, 10, 50);
      await play(client, begun, ['start']);
      await talegraph.counted();

      const items = await recommended();
      expect(idsOf(items)).toEqual([same.id, language.id, category.id]);
      expect(items.map(({ reason }) => reason.kind)).toEqual(['CATEGORY', 'POPULAR', 'POPULAR']);
      expect(items[0].reason.text).toBe('Well liked in the category mystery.');
    });
  });

  describe('of a story', () => {
    it('are told by three readers at least, and by what it is about', async () => {
      const story = await newStory({ tags: ['whales'] });
      const [two, three, alike] = [
        await newStory(),
        await newStory(),
        await newStory({ tags: ['whales'] }),
      ];
      await crowd(2, story, two);
      await crowd(3, story, three);
      await search();
      const items = await similar(story, talegraph.client);
      expect(items.map((item) => [item.story.id, item.reason.kind])).toEqual(
        expect.arrayContaining([
          [three.id, 'READERS'],
          [alike.id, 'SUBJECT'],
        ]),
      );
      expect(items).toHaveLength(2);
      const textOf = (kind: string) => items.find(({ reason }) => reason.kind === kind).reason.text;
      expect(textOf('READERS')).toMatch(/^Who liked “Tale\d+” liked this too\.$/);
      expect(textOf('SUBJECT')).toMatch(/^It is about the like of “Tale\d+”\.$/);
      expect(items[0].reason.story).toEqual({ id: story.id });
    });

    it('do not count authors who play their own, nor readers who rated it badly', async () => {
      const [story, other] = [await newStory(), await newStory()];
      const writer = await talegraph.factory.newReader();
      const own = await talegraph.factory.newStory(writer, { category: 'own' });
      await crowd(2, story, own, other);
      const unhappy = await talegraph.factory.newReader();
      for (const [who, what] of [
        [writer, [story, own]],
        [unhappy, [story, other]],
      ] as const)
        await sql(
          `INSERT INTO reader_stories (user_id, story_id, plays, finishes, last_at)
           SELECT $1, story_id, 1, 1, now() FROM unnest($2::bigint[]) AS story_id`,
          [who.viewer.userId, what.map(({ storyId }) => storyId)],
        );
      await talegraph.factory.review(other, unhappy, 1);
      await search();
      expect(await similar(story)).toEqual([]);
      await crowd(1, story, own, other);
      await search();
      expect(new Set(idsOf(await similar(story)))).toEqual(new Set([own.id, other.id]));
    });

    it('tell of new stories that nobody has read, in the same language', async () => {
      const shape = {
        category: 'sea',
        tags: ['whales'],
        description: 'A whaler drifts into the ice.',
      };
      const [story, fresh] = [await newStory(shape), await newStory(shape)];
      const foreign = await newStory({ ...shape, language: 'fr' });
      await crowd(3, story, await newStory());
      await search();
      await finish(story);
      const items = await similar(story);
      expect(items.find((item) => item.story.id === fresh.id).reason.kind).toBe('SUBJECT');
      expect(idsOf(items)).not.toContain(foreign.id);
      const forReader = await recommended();
      expect(forReader.find((item) => item.story.id === fresh.id).reason.kind).toBe('FINISHED');
    });

    it('are those of its category until its neighbours are found', async () => {
      await search();
      const story = await newStory({ category: 'sea' });
      const [same] = [await newStory({ category: 'sea' }), await newStory()];
      expect(await similar(story)).toEqual([
        {
          story: { id: same.id },
          reason: { kind: 'CATEGORY', text: 'Well liked in the category sea.', story: null },
        },
      ]);
    });

    it('are there for who may see it alone', async () => {
      const draft = await talegraph.factory.newStory(author, { published: false });
      for (const by of [talegraph.client, client])
        expect((await by.fail(SIMILAR, { id: draft.id })).extensions.code).toBe('NOT_FOUND');
      expect(await similar(draft, as(author))).toEqual([]);
    });

    it('are all made anew: what is gone is near to nothing', async () => {
      const [story, near] = [await newStory(), await newStory()];
      await crowd(3, story, near);
      await search();
      const stored = () =>
        sql('SELECT count(*) FROM story_neighbours WHERE $1 IN (story_id, neighbour_id)', [
          near.storyId,
        ]);
      expect(await stored()).toEqual([{ count: 2 }]);
      await sql('UPDATE stories SET is_published = false WHERE story_id = $1', [near.storyId]);
      await search();
      expect(await stored()).toEqual([{ count: 0 }]);
    });
  });

  it('are read while they are replaced', async () => {
    const [known, near] = [await newStory(), await newStory()];
    await crowd(3, known, near);
    await search();
    await finish(known);
    await talegraph.database.transaction(async (manager) => {
      await manager.query('LOCK TABLE story_neighbours IN SHARE ROW EXCLUSIVE MODE');
      await manager.query('DELETE FROM story_neighbours');
      expect((await recommended())[0].reason.kind).toBe('FINISHED');
    });
  });
});
