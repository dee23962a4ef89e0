import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RatingRecount } from '../../../src/social/ratings/rating-recount.js';
import { startApp, type TestApp } from '../../support/app.js';
import { atOnce, codesOf } from '../../support/at-once.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { everyPage } from '../../support/pages.js';
import { play } from '../../support/playing.js';
import { keyOf } from '../../support/player.js';

const RATE = `mutation ($storyId: ID!, $input: RateStoryInput!) { rateStory(storyId: $storyId, input: $input) {
  id rating text(revealSpoilers: true) hasSpoilers helpfulCount editedAt isHidden
} }`;
const UNRATE = 'mutation ($storyId: ID!) { deleteRating(storyId: $storyId) }';
const HELPFUL =
  'mutation ($id: ID!) { markReviewHelpful(id: $id) { helpfulCount viewerFoundHelpful } }';
const NOT_HELPFUL =
  'mutation ($id: ID!) { unmarkReviewHelpful(id: $id) { helpfulCount viewerFoundHelpful } }';
const RATING = `query ($id: ID!) { story(id: $id) { averageRating ratingCount
  rating { average count score distribution { rating count } } } }`;

/** A corridor of twelve rooms, and an ending: of 13 nodes, four have to be seen. */
const ROOMS = Array.from({ length: 12 }, (_, i) => `room${i}`);
const CORRIDOR = Object.fromEntries([
  ...ROOMS.map((room, i) => [room, [ROOMS[i + 1] ?? 'end', ...(i === 0 ? ['end'] : [])]]),
  ['end', []],
]) as Record<string, string[]>;

describe('ratings', () => {
  let talegraph: TestApp;
  let author: Person;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(author, { nodes: CORRIDOR });
  });
  afterAll(() => talegraph.close());

  const as = ({ token }: Person) => talegraph.client.as(token);

  /** Someone who has come to the ending. */
  async function newFinisher(of: MadeStory = story, from = 'room0'): Promise<Person> {
    const person = await talegraph.factory.newReader();
    await play(as(person), of, [from, 'end']);
    return person;
  }

  const rate = async (person: Person, input: object, of = story): Promise<any> =>
    (await as(person).get(RATE, { storyId: of.id, input })).rateStory;

  const refusal = (person: Person, input: object, of = story) =>
    as(person).fail(RATE, { storyId: of.id, input });

  it('are refused with what is still needed, and taken as soon as enough is read', async () => {
    const reader = await talegraph.factory.newReader();
    const needed = async () => (await refusal(reader, { rating: 5 })).extensions;
    const seen = (nodesSeen: number) => ({
      code: 'STORY_NOT_READ',
      needed: { nodes: 4, nodesSeen },
    });
    expect(await needed()).toEqual(seen(0));
    await play(as(reader), story, ROOMS.slice(0, 2));
    expect(await needed()).toEqual(seen(2));
    // The same rooms again are no more of the story.
    await play(as(reader), story, ROOMS.slice(0, 3));
    expect(await refusal(reader, { rating: 5 })).toMatchObject({
      message:
        'Come to an ending of this story, or to 4 of its nodes, before you rate it; you have seen 3.',
      extensions: seen(3),
    });
    await play(as(reader), story, ROOMS.slice(0, 4));
    expect(await rate(reader, { rating: 5 })).toMatchObject({ rating: 5, text: null });
  });

  it('may be given after an ending, also in a playthrough that was deleted', async () => {
    const reader = await talegraph.factory.newReader();
    const id = await play(as(reader), story, ['room0', 'end']);
    await as(reader).get('mutation ($id: ID!) { deleteProgress(id: $id) }', { id });
    expect(await rate(reader, { rating: 4 })).toMatchObject({ rating: 4 });
  });

  it('are not for those who work on the story, whatever they have read', async () => {
    const collaborator = await newFinisher();
    await talegraph.factory.share(author, story, collaborator, 'viewer');
    await play(as(author), story, ['room0', 'end']);
    for (const person of [author, collaborator]) {
      expect(await refusal(person, { rating: 5 })).toMatchObject({
        message: 'You work on this story; only others may rate it.',
        extensions: { code: 'FORBIDDEN' },
      });
    }
  });

  it('are one for each reader: edited as a whole or in part, told when, with the votes kept', async () => {
    const reader = await newFinisher();
    const made = await rate(reader, { rating: 3, review: ' A cold house. ', hasSpoilers: true });
    expect(made).toEqual({
      ...{ id: made.id, rating: 3, text: 'A cold house.', hasSpoilers: true },
      ...{ helpfulCount: 0, editedAt: null, isHidden: false },
    });
    await as(await talegraph.factory.newReader()).get(HELPFUL, { id: made.id });

    expect(await rate(reader, { rating: 3 })).toEqual({ ...made, helpfulCount: 1 });
    const higher = await rate(reader, { rating: 4 });
    expect(higher).toEqual({ ...made, rating: 4, helpfulCount: 1, editedAt: expect.any(String) });
    expect(await rate(reader, { rating: 4, hasSpoilers: false })).toMatchObject({
      text: 'A cold house.',
      hasSpoilers: false,
    });
    expect(await rate(reader, { rating: 4, review: null, hasSpoilers: true })).toMatchObject({
      ...{ id: made.id, text: null, hasSpoilers: false },
    });
  });

  it.each([
    ['no star', { rating: 0 }, 'input.rating', 'must be a whole number of stars, 1 to 5'],
    ['six', { rating: 6 }, 'input.rating', 'must be a whole number of stars, 1 to 5'],
    [
      'no words',
      { rating: 1, review: '  ' },
      'input.review',
      'must not be empty, nor have more than 5000 characters',
    ],
    [
      'too many words',
      { rating: 1, review: 'x'.repeat(5001) },
      'input.review',
      'must not be empty, nor have more than 5000 characters',
    ],
  ])('are refused with %s', async (_, input, path, message) => {
    const { extensions } = await refusal(await talegraph.factory.newReader(), input);
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', fields: [{ path, message }] });
  });

  it('add up to the figures of the story, and to its place among the top rated', async () => {
    const category = 'rated';
    const make = () => talegraph.factory.newStory(author, { category });
    const [once, often, low, never] = [await make(), await make(), await make(), await make()];
    const stars: [MadeStory, number[]][] = [
      [once, [5]],
      [often, [5, 5, 5, 4]],
      [low, [1, 2]],
    ];
    for (const [of, given] of stars) {
      for (const rating of given) await rate(await newFinisher(of, 'start'), { rating }, of);
    }
    const figures = async (of: MadeStory) =>
      (await talegraph.client.get(RATING, { id: of.id })).story;
    expect(await figures(often)).toEqual({
      averageRating: 4.75,
      ratingCount: 4,
      rating: {
        ...{ average: 4.75, count: 4, score: (19 + 15) / 9 },
        distribution: [0, 0, 0, 1, 3].map((count, i) => ({ rating: i + 1, count })),
      },
    });
    expect((await figures(never)).rating).toMatchObject({ average: null, count: 0, score: 3 });
    const pages = await everyPage(
      talegraph.client,
      `query ($after: String) { stories(filter: { category: "${category}" }, orderBy: TOP_RATED, first: 3, after: $after) {
         nodes { id rating { score } } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(pages.flat()).toEqual([
      { id: often.id, rating: { score: 34 / 9 } },
      { id: once.id, rating: { score: 20 / 6 } },
      { id: never.id, rating: { score: 3 } },
      { id: low.id, rating: { score: 18 / 7 } },
    ]);
  });

  it('with a review are listed in each order, page by page', async () => {
    const listed = await talegraph.factory.newStory(author);
    const written = [3, 5, 1, 5, 3, 2];
    const ids: string[] = [];
    for (const rating of written)
      ids.push(await talegraph.factory.review(listed, await talegraph.factory.newReader(), rating));
    await talegraph.factory.review(listed, await talegraph.factory.newReader(), 4, null);
    for (const [i, helpful] of [2, 0, 7, 2, 0, 1].entries()) {
      await talegraph.database.query(
        'UPDATE reviews SET helpful_count = $2, created_at = created_at + $3 * interval $$1 second$$ WHERE review_id = $1',
        [keyOf(ids[i]!), helpful, i % 3],
      );
    }
    const order = async (sort?: string) => {
      const pages = await everyPage(
        talegraph.client,
        `query ($id: ID!, $sort: ReviewSort, $after: String) { story(id: $id) {
           reviews(sort: $sort, first: 4, after: $after) {
             totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }`,
        { id: listed.id, ...(sort && { sort }) },
        (data) => data.story.reviews,
      );
      expect(pages.map((page) => page.length)).toEqual([4, 2]);
      return pages.flat().map(({ id }) => ids.indexOf(id));
    };
    expect(await order()).toEqual([2, 3, 0, 5, 4, 1]);
    expect(await order('MOST_HELPFUL')).toEqual(await order());
    expect(await order('NEWEST')).toEqual([5, 2, 4, 1, 3, 0]);
    expect(await order('HIGHEST')).toEqual([3, 1, 4, 0, 5, 2]);
    expect(await order('LOWEST')).toEqual([2, 5, 0, 4, 1, 3]);
  });

  it('are found helpful once by each other reader', async () => {
    const writer = await talegraph.factory.newReader();
    const id = await talegraph.factory.review(story, writer, 5);
    const reader = as(await talegraph.factory.newReader());
    const yes = { helpfulCount: 1, viewerFoundHelpful: true };
    for (let i = 0; i < 2; i++)
      expect((await reader.get(HELPFUL, { id })).markReviewHelpful).toEqual(yes);
    const no = { helpfulCount: 0, viewerFoundHelpful: false };
    for (let i = 0; i < 2; i++)
      expect((await reader.get(NOT_HELPFUL, { id })).unmarkReviewHelpful).toEqual(no);
    expect(await as(writer).fail(HELPFUL, { id })).toMatchObject({
      message: 'You cannot find this review helpful: it is yours.',
    });
  });

  describe('that come at once', () => {
    const READERS = 12;
    const ROUNDS = 4;

    /** What the ratings come to, and what is kept of them. */
    async function figures({ storyId }: MadeStory) {
      const [kept] = await talegraph.database.query(
        'SELECT rating_sum, rating_count, star_counts FROM stories WHERE story_id = $1',
        [storyId],
      );
      const [counted] = await talegraph.database.query(
        `SELECT coalesce(sum(rating), 0)::integer AS rating_sum, count(*)::integer AS rating_count,
           (SELECT array_agg((SELECT count(*)::integer FROM reviews WHERE story_id = $1 AND rating = star
              AND deleted_at IS NULL AND hidden_at IS NULL) ORDER BY star) FROM generate_series(1, 5) AS star) AS star_counts
         FROM reviews WHERE story_id = $1 AND deleted_at IS NULL AND hidden_at IS NULL`,
        [storyId],
      );
      const votes = await talegraph.database.query(
        `SELECT review_id, helpful_count, (SELECT count(*)::integer FROM review_votes AS vote
           WHERE vote.review_id = reviews.review_id) AS votes
         FROM reviews WHERE story_id = $1 ORDER BY review_id`,
        [storyId],
      );
      return { kept, counted, votes };
    }

    async function expectExact(of: MadeStory) {
      const { kept, counted, votes } = await figures(of);
      expect(kept).toEqual(counted);
      for (const { helpful_count, votes: counts } of votes) expect(helpful_count).toBe(counts);
      return { kept, votes };
    }

    it('are counted exactly, with edits, deletions, votes and moderation among them', async () => {
      const busy = await talegraph.factory.newStory(author);
      const readers = await Promise.all(
        Array.from({ length: READERS }, () => newFinisher(busy, 'start')),
      );
      const admin = as(await talegraph.factory.newAdmin());
      const ids = await Promise.all(
        readers.map(async (reader) => (await rate(reader, { rating: 3, review: 'So.' }, busy)).id),
      );
      const hide = (id: string, decision: string) =>
        admin.send(
          `mutation ($id: ID!) { moderateReview(id: $id, input: { decision: ${decision} }) { id } }`,
          { id },
        );
      const answers = await Promise.all(
        readers.flatMap((reader, i) => {
          const client = as(reader);
          const other = ids[(i + 1) % READERS];
          return Array.from({ length: ROUNDS }, (_, round) => [
            client.send(RATE, {
              storyId: busy.id,
              input: { rating: 1 + ((i + round) % 5), review: `Round ${round}.` },
            }),
            ...(round % 2 === 1 ? [client.send(UNRATE, { storyId: busy.id })] : []),
            client.send(HELPFUL, { id: other }),
            ...(round % 2 === 0 ? [client.send(NOT_HELPFUL, { id: other })] : []),
            ...(i % 4 === 0 ? [hide(ids[i], round % 2 === 0 ? 'HIDE' : 'KEEP')] : []),
          ]).flat();
        }),
      );
      // What had been deleted just then was not found; nothing else went wrong.
      expect(new Set(codesOf(answers))).toEqual(new Set(['NOT_FOUND']));

      // Votes are not lost on reviews that were deleted last.
      for (const reader of readers) await rate(reader, { rating: 2, review: 'Now.' }, busy);
      await atOnce(as(await talegraph.factory.newReader()), READERS, HELPFUL, (i) => ({
        id: ids[i],
      }));
      const exact = await expectExact(busy);
      expect(exact.kept.rating_count).toBeGreaterThanOrEqual(READERS - READERS / 4);

      await talegraph.app.get(RatingRecount).rebuild();
      expect(await expectExact(busy)).toEqual(exact);
      await talegraph.database.query(
        `UPDATE stories SET rating_sum = 1, rating_count = 9, star_counts = '{1,1,1,1,5}' WHERE story_id = $1`,
        [busy.storyId],
      );
      await talegraph.database.query(
        'UPDATE reviews SET helpful_count = helpful_count + 5 WHERE story_id = $1',
        [busy.storyId],
      );
      await talegraph.app.get(RatingRecount).rebuild();
      expect(await expectExact(busy)).toEqual(exact);
    }, 60_000);

    it('by one reader are one rating', async () => {
      const of = await talegraph.factory.newStory(author);
      const reader = as(await newFinisher(of, 'start'));
      const answers = await atOnce(reader, 10, RATE, (i) => ({
        storyId: of.id,
        input: { rating: 1 + (i % 5) },
      }));
      expect(codesOf(answers)).toEqual([]);
      const { kept } = await expectExact(of);
      expect(kept.rating_count).toBe(1);
    });
  });

  it('are limited to so many writes in ten minutes', async () => {
    const reader = as(await talegraph.factory.newReader());
    const codes: string[] = [];
    for (let i = 0; i < 61; i++) {
      const { errors } = await reader.send(UNRATE, { storyId: story.id });
      codes.push(errors[0]!.extensions.code);
    }
    expect(codes).toEqual([...Array<string>(60).fill('NOT_FOUND'), 'RATE_LIMITED']);
    const { extensions } = await reader.fail(UNRATE, { storyId: story.id });
    expect(extensions.retryAfter).toBeGreaterThan(500);
    // Other operations, and other people, are counted by themselves.
    const id = await talegraph.factory.review(story, await talegraph.factory.newReader(), 3);
    expect((await reader.get(HELPFUL, { id })).markReviewHelpful.helpfulCount).toBe(1);
  });
});
