import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import type { MadeStory, Person } from '../support/factory.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { play } from '../support/playing.js';

const RATE = `mutation ($storyId: ID!, $input: RateStoryInput!) { rateStory(storyId: $storyId, input: $input) { id isHidden } }`;
const REVIEWS = `query ($id: ID!) { story(id: $id) {
  rating { average count }
  viewerRating { rating isHidden text(revealSpoilers: true) }
  reviews { totalCount nodes {
    rating text revealed: text(revealSpoilers: true) hasSpoilers isHidden helpfulCount reader { username }
    reply { text revealed: text(revealSpoilers: true) author { username } editedAt }
    moderation { waitingSince }
  } }
} }`;
const REPORT = `mutation ($id: ID!, $reason: ReviewReportReason!) { reportReview(id: $id, input: { reason: $reason, note: " See the end. " }) }`;
const DECIDE = `mutation ($id: ID!, $decision: ReviewVerdict!) {
  moderateReview(id: $id, input: { decision: $decision, note: "Looked at." }) { isHidden moderation { waitingSince } } }`;
const QUEUE = `query ($state: ReviewCase) { reportedReviews(state: $state) { totalCount nodes {
  id text(revealSpoilers: true) reader { username } story { title }
  moderation {
    reports { nodes { reason note isOpen reporter { username } } }
    decisions { nodes { decision note text rating moderator { username } } }
  }
} } }`;

/** A review from its writing to its hiding, and what each of those around it gets to see. */
describe('the journey of a review', () => {
  let talegraph: TestApp;
  let story: MadeStory;
  let people: Record<'author' | 'writer' | 'other' | 'admin', Person>;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory } = talegraph;
    people = {
      author: await factory.newAuthor('author'),
      writer: await factory.newReader('writer'),
      other: await factory.newReader('other'),
      admin: await factory.newAdmin(),
    };
    story = await factory.newStory(people.author, { title: 'The House' });
  });
  afterAll(() => talegraph.close());

  it('is written, kept from those who want no spoilers, answered, reported, hidden, and never comes back unasked', async () => {
    const as = (who: keyof typeof people) => talegraph.client.as(people[who].token);
    const told = async (client: GraphqlClient) =>
      (await client.get(REVIEWS, { id: story.id })).story;
    const rate = async (client: GraphqlClient, input: object) =>
      (await client.get(RATE, { storyId: story.id, input })).rateStory;
    for (const who of ['writer', 'other'] as const) await play(as(who), story, ['start', 'end']);

    // Written with spoilers: everyone sees that it is there, and the text when they ask for it.
    const { id } = await rate(as('writer'), {
      ...{ rating: 1, review: 'The butler did it. <b>Bad</b>', hasSpoilers: true },
    });
    await rate(as('other'), { rating: 5 });
    const listed = {
      ...{ rating: 1, text: null, revealed: 'The butler did it. <b>Bad</b>', hasSpoilers: true },
      ...{ isHidden: false, helpfulCount: 0, reader: { username: 'writer' }, reply: null },
      moderation: null,
    };
    expect(await told(talegraph.client)).toEqual({
      rating: { average: 3, count: 2 },
      viewerRating: null,
      reviews: { totalCount: 1, nodes: [listed] },
    });

    // Answered by the author alone, in words that may give away as much.
    const reply =
      'mutation ($id: ID!, $text: String!) { replyToReview(id: $id, text: $text) { id } }';
    expect((await as('other').fail(reply, { id, text: 'Me!' })).extensions.code).toBe('FORBIDDEN');
    await as('author').get(reply, { id, text: 'He did not.' });
    await as('author').get(reply, { id, text: 'It was the cook.' });
    const answered = {
      ...{ text: null, revealed: 'It was the cook.', author: { username: 'author' } },
      editedAt: expect.any(String),
    };
    expect((await told(as('other'))).reviews.nodes).toEqual([{ ...listed, reply: answered }]);
    await as('other').get('mutation ($id: ID!) { markReviewHelpful(id: $id) { id } }', { id });

    // Reported: once by each, as they last said, and not by its writer.
    const own = await as('writer').fail(REPORT, { id, reason: 'SPAM' });
    expect(own.extensions.code).toBe('FORBIDDEN');
    await as('other').get(REPORT, { id, reason: 'SPAM' });
    await as('other').get(REPORT, { id, reason: 'OFFENSIVE' });
    const report = {
      ...{ reason: 'OFFENSIVE', note: 'See the end.', reporter: { username: 'other' } },
    };
    const inQueue = {
      ...{ id, text: 'The butler did it. <b>Bad</b>', reader: { username: 'writer' } },
      story: { title: 'The House' },
    };
    const waiting = {
      ...inQueue,
      moderation: { reports: { nodes: [{ ...report, isOpen: true }] }, decisions: { nodes: [] } },
    };
    expect((await as('admin').get(QUEUE)).reportedReviews).toEqual({
      totalCount: 1,
      nodes: [waiting],
    });

    // Kept: settled for the reader who reported it, as long as it is the same.
    await as('admin').get(DECIDE, { id, decision: 'KEEP' });
    expect((await as('admin').get(QUEUE)).reportedReviews.totalCount).toBe(0);
    const again = await as('other').fail(REPORT, { id, reason: 'SPAM' });
    expect(again.extensions.code).toBe('CONFLICT');
    await rate(as('writer'), { rating: 2, review: 'Worse than I said.' });
    await as('other').get(REPORT, { id, reason: 'OTHER' });

    // Hidden: gone for everyone, its stars too; its writer sees it marked.
    expect((await as('admin').get(DECIDE, { id, decision: 'HIDE' })).moderateReview).toEqual({
      isHidden: true,
      moderation: { waitingSince: null },
    });
    const gone = { rating: { average: 5, count: 1 }, reviews: { totalCount: 0, nodes: [] } };
    for (const client of [talegraph.client, as('other'), as('author'), as('writer')])
      expect(await told(client)).toMatchObject(gone);
    for (const client of [talegraph.client, as('other'), as('author')]) {
      const { extensions } = await client.fail('query ($id: ID!) { review(id: $id) { text } }', {
        id,
      });
      expect(extensions.code).toBe('NOT_FOUND');
    }
    const mine = { rating: 2, isHidden: true, text: 'Worse than I said.' };
    expect((await told(as('writer'))).viewerRating).toEqual(mine);
    const [hidden] = (await as('admin').get(QUEUE, { state: 'HIDDEN' })).reportedReviews.nodes;
    const by = { note: 'Looked at.', moderator: { username: people.admin.username } };
    expect(hidden.moderation.decisions.nodes).toEqual([
      { ...by, decision: 'HIDE', text: 'Worse than I said.', rating: 2 },
      { ...by, decision: 'KEEP', text: 'The butler did it. <b>Bad</b>', rating: 1 },
    ]);
    expect(hidden.moderation.reports.nodes.map(({ isOpen }: any) => isOpen)).toEqual([
      false,
      false,
    ]);

    // Deleting it and writing anew does not bring it back; an administrator does.
    await as('writer').get('mutation ($id: ID!) { deleteRating(storyId: $id) }', { id: story.id });
    expect((await told(as('writer'))).viewerRating).toBeNull();
    expect(await rate(as('writer'), { rating: 3, review: 'Once more.' })).toEqual({
      id,
      isHidden: true,
    });
    expect(await told(as('other'))).toMatchObject(gone);
    await as('admin').get(DECIDE, { id, decision: 'KEEP' });
    expect(await told(as('other'))).toMatchObject({
      rating: { average: 4, count: 2 },
      reviews: {
        totalCount: 1,
        nodes: [{ text: 'Once more.', hasSpoilers: false, helpfulCount: 0, reply: null }],
      },
    });

    // A story that is not published takes its reviews along, also for those who have it in a list of theirs.
    await as('author').get('mutation ($id: ID!) { unpublishStory(id: $id) { id } }', {
      id: story.id,
    });
    const { progress } = await as('other').get(
      '{ progress { nodes { story { reviews { totalCount nodes { id } } } } } }',
    );
    expect(progress.nodes).toEqual([{ story: { reviews: { totalCount: 0, nodes: [] } } }]);
    const late = [
      as('other').fail(RATE, { storyId: story.id, input: { rating: 1 } }),
      as('other').fail('mutation ($id: ID!) { markReviewHelpful(id: $id) { id } }', { id }),
    ];
    for (const { extensions } of await Promise.all(late)) expect(extensions.code).toBe('NOT_FOUND');
    expect((await told(as('author'))).reviews.totalCount).toBe(1);
    await as('other').get('mutation ($id: ID!) { deleteRating(storyId: $id) }', { id: story.id });
    expect((await told(as('author'))).rating).toEqual({ average: 3, count: 1 });
  });
});
