import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { play } from '../../support/playing.js';

const RATE = `mutation ($storyId: ID!, $input: RateStoryInput!) {
  rateStory(storyId: $storyId, input: $input) { id }
}`;
const UNRATE = 'mutation ($storyId: ID!) { deleteRating(storyId: $storyId) }';
const REPLY = 'mutation ($id: ID!, $text: String!) { replyToReview(id: $id, text: $text) { id } }';
const DELETE_REPLY = 'mutation ($id: ID!) { deleteReviewReply(id: $id) { id } }';
const MODERATE = `mutation ($id: ID!, $decision: ReviewVerdict!) {
  moderateReview(id: $id, input: { decision: $decision }) { isHidden }
}`;
const BLOCK = 'mutation ($id: ID!) { blockUser(userId: $id) { id } }';
const LET_SEE = `mutation ($audience: Audience!) {
  setActivityPrivacy(kind: RATED, audience: $audience) { kind }
}`;
const DID = `query ($id: ID!) { user(id: $id) { activities { nodes { kind story { id } } } } }`;
const NEWS = '{ notifications { nodes { kind text actor { username } story { id } } } }';

describe('a rating', () => {
  let talegraph: TestApp;
  let author: Person;
  let admin: Person;
  let story: MadeStory;
  let reader: Person;
  beforeAll(async () => {
    talegraph = await startApp();
    admin = await talegraph.factory.newAdmin();
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    author = await talegraph.factory.newAuthor();
    story = await talegraph.factory.newStory(author, { title: 'Salt' });
    reader = await talegraph.factory.newReader();
    await play(as(reader), story, ['start', 'end']);
  });

  const as = ({ token }: Person) => talegraph.client.as(token);
  const rate = async (input: object): Promise<string> =>
    (await as(reader).get(RATE, { storyId: story.id, input })).rateStory.id;
  const rated = async (client = talegraph.client) => {
    const { nodes } = (await client.get(DID, { id: reader.id })).user.activities;
    return nodes.filter(({ kind }: any) => kind === 'RATED').map((one: any) => one.story.id);
  };
  const news = async (person: Person) =>
    (await as(person).get(NEWS)).notifications.nodes.filter(({ kind }: any) =>
      kind.startsWith('REVIEW'),
    );
  const decide = (id: string, decision: string) => as(admin).get(MODERATE, { id, decision });

  it('is told of once, however often it is changed', async () => {
    expect(await rated()).toEqual([]);
    await Promise.all([3, 4, 5].map((rating) => rate({ rating })));
    await rate({ rating: 2, review: 'Too salty.' });
    expect(await rated()).toEqual([story.id]);
  });

  it('is told of no more once it is taken back, and again when it is given again', async () => {
    await rate({ rating: 3 });
    await as(reader).get(UNRATE, { storyId: story.id });
    expect(await rated()).toEqual([]);
    await rate({ rating: 4 });
    expect(await rated()).toEqual([story.id]);
  });

  it('is not told of while an administrator has hidden it', async () => {
    const id = await rate({ rating: 1, review: 'Rubbish.' });
    await decide(id, 'HIDE');
    expect(await rated()).toEqual([]);
    expect(await news(author)).toEqual([]);
    await as(reader).get(UNRATE, { storyId: story.id });
    await rate({ rating: 2, review: 'Still rubbish.' });
    expect(await rated()).toEqual([]);
    await decide(id, 'KEEP');
    expect(await rated()).toEqual([story.id]);
    expect(await news(author)).toHaveLength(1);
  });

  it('is seen by those whom its reader lets see it', async () => {
    await rate({ rating: 3 });
    await as(reader).get(LET_SEE, { audience: 'NOBODY' });
    expect(await rated()).toEqual([]);
    expect(await rated(as(author))).toEqual([]);
    expect(await rated(as(reader))).toEqual([story.id]);
  });

  it('leaves nothing behind where it is refused', async () => {
    const { code } = (
      await as(author).fail(RATE, { storyId: story.id, input: { rating: 5, review: 'Mine.' } })
    ).extensions;
    expect(code).toBe('FORBIDDEN');
    const rows = await talegraph.database.query(
      `SELECT FROM activities WHERE actor_id = $1 AND kind = 'rated'`,
      [author.viewer.userId],
    );
    expect(rows).toEqual([]);
  });

  it('is news for the author once there is a text, and for as long as it is there', async () => {
    await rate({ rating: 4 });
    expect(await news(author)).toEqual([]);
    await rate({ rating: 4, review: 'Salty.' });
    await rate({ rating: 5, review: 'Very salty.' });
    expect(await news(author)).toEqual([
      {
        kind: 'REVIEW',
        text: `${reader.username} wrote a review of “Salt”.`,
        actor: { username: reader.username },
        story: { id: story.id },
      },
    ]);
    await as(reader).get(UNRATE, { storyId: story.id });
    expect(await news(author)).toEqual([]);
  });

  it('is no news for an author who has blocked the reader', async () => {
    await as(author).get(BLOCK, reader);
    await rate({ rating: 1, review: 'You again.' });
    expect(await news(author)).toEqual([]);
  });

  it('that is answered is news for the reader, once, while the answer is there', async () => {
    const id = await rate({ rating: 4, review: 'Salty.' });
    await as(author).get(REPLY, { id, text: 'Thanks.' });
    await as(author).get(REPLY, { id, text: 'Thank you.' });
    expect(await news(reader)).toEqual([
      {
        kind: 'REVIEW_REPLY',
        text: `${author.username} answered your review of “Salt”.`,
        actor: { username: author.username },
        story: { id: story.id },
      },
    ]);
    await as(author).get(DELETE_REPLY, { id });
    expect(await news(reader)).toEqual([]);
  });
});
