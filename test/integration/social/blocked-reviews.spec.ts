import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';

const BLOCK = 'mutation ($id: ID!) { blockUser(userId: $id) { id } }';
const UNBLOCK = 'mutation ($id: ID!) { unblockUser(userId: $id) { id } }';
const REVIEWS = `query ($id: ID!) { story(id: $id) {
  rating { count } reviews(first: 10, sort: NEWEST) { totalCount nodes { reader { username } } } } }`;
const HELPFUL = 'mutation ($id: ID!) { markReviewHelpful(id: $id) { id } }';
const REPORT = `mutation ($id: ID!) { reportReview(id: $id, input: { reason: SPAM }) }`;
const REPLY = 'mutation ($id: ID!) { replyToReview(id: $id, text: "So?") { id } }';

describe('reviews, where one person has blocked another', () => {
  let talegraph: TestApp;
  let author: Person;
  let writer: Person;
  let other: Person;
  let reader: Person;
  let story: MadeStory;
  let reviewId: string;
  beforeAll(async () => {
    talegraph = await startApp();
    author = await talegraph.factory.newAuthor('author');
    writer = await talegraph.factory.newReader('writer');
    other = await talegraph.factory.newReader('other');
    reader = await talegraph.factory.newReader('reader');
    story = await talegraph.factory.newStory(author);
    reviewId = await talegraph.factory.review(story, writer, 2);
    await talegraph.factory.review(story, other, 4);
  });
  afterAll(() => talegraph.close());

  const as = ({ token }: Person) => talegraph.client.as(token);
  const seen = async (client = talegraph.client) => {
    const { rating, reviews } = (await client.get(REVIEWS, { id: story.id })).story;
    expect(rating.count).toBe(2);
    expect(reviews.totalCount).toBe(reviews.nodes.length);
    return reviews.nodes.map((review: any) => review.reader.username);
  };
  /** As it is while one keeps the other away. */
  async function blocked(by: Person, whom: Person, work: () => Promise<void>) {
    await as(by).get(BLOCK, whom);
    await work();
    await as(by).get(UNBLOCK, whom);
  }

  it('are there for neither of the two, and for all others, and count for everyone', async () => {
    const all = ['other', 'writer'];
    for (const [by, whom] of [[reader, writer] as const, [writer, reader] as const])
      await blocked(by, whom, async () => {
        expect(await seen(as(reader))).toEqual(['other']);
        expect(await seen(as(writer))).toEqual(all);
        expect(await seen(as(other))).toEqual(all);
        expect(await seen(as(await talegraph.factory.newAdmin()))).toEqual(all);
        expect(await seen()).toEqual(all);
      });
    expect(await seen(as(reader))).toEqual(all);
  });

  it('are neither found helpful nor reported by who was kept away', async () => {
    await blocked(writer, reader, async () => {
      const before = await fingerprint(talegraph.database);
      for (const attempt of [HELPFUL, REPORT])
        expect((await as(reader).fail(attempt, { id: reviewId })).extensions.code).toBe(
          'NOT_FOUND',
        );
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
    await as(reader).get(HELPFUL, { id: reviewId });
  });

  it('are not answered by an author whom the reader has blocked', async () => {
    await blocked(writer, author, async () => {
      const before = await fingerprint(talegraph.database);
      const { extensions } = await as(author).fail(REPLY, { id: reviewId });
      expect(extensions.code).toBe('NOT_FOUND');
      expect(await fingerprint(talegraph.database)).toEqual(before);
    });
    await as(author).get(REPLY, { id: reviewId });
  });
});
