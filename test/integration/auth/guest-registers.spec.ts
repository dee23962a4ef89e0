import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';
import {
  COME_AS_GUEST,
  loggedIn,
  ME,
  REFRESH,
  registered,
  REGISTER,
  type SignedIn,
} from './accounts.js';

const PLAYED = `{
  progress { nodes { id step currentNode { key } choicesMade { nodes { step choiceId } } } }
  userStats { storiesStarted storiesCompleted totalChoicesMade }
}`;

describe('a guest who registers', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  async function newGuest(): Promise<SignedIn> {
    return (await talegraph.client.get(COME_AS_GUEST)).continueAsGuest;
  }

  it('keeps their id and their playthroughs', async () => {
    const { client, factory } = talegraph;
    const story = await factory.newStory(await factory.newAuthor(), {
      nodes: { start: ['left', 'right'], left: ['end'], right: ['end'], end: [] },
    });
    const guest = await newGuest();
    const asGuest = client.as(guest.accessToken);
    const { startStory } = await asGuest.get(
      'mutation ($id: ID!) { startStory(storyId: $id) { id } }',
      { id: story.id },
    );
    await asGuest.get(
      'mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { isEnding } }',
      {
        input: {
          progressId: startStory.id,
          currentNodeId: story.node('start'),
          choiceId: story.choice('start', 'right'),
          step: 0,
        },
      },
    );
    await talegraph.counted();
    const played = await asGuest.get(PLAYED);

    const account = await registered(asGuest, 'was-guest');

    expect(account.user).toEqual({
      id: guest.user.id,
      username: 'was-guest',
      email: 'was-guest@example.org',
      role: 'USER',
      timezone: 'UTC',
    });
    expect(await client.as(account.accessToken).get(PLAYED)).toEqual(played);
    expect(played).toEqual({
      progress: {
        nodes: [
          {
            id: startStory.id,
            step: 1,
            currentNode: { key: 'right' },
            choicesMade: { nodes: [{ step: 0, choiceId: story.choice('start', 'right') }] },
          },
        ],
      },
      userStats: { storiesStarted: 1, storiesCompleted: 0, totalChoicesMade: 1 },
    });
    expect((await loggedIn(client, 'was-guest')).user.id).toBe(guest.user.id);
  });

  it('has the session of the account alone: that of the guest is over', async () => {
    const { client } = talegraph;
    const guest = await newGuest();
    const asGuest = client.as(guest.accessToken);
    expect((await asGuest.get(ME)).me.role).toBe('GUEST');
    const account = await registered(asGuest, 'promoted');
    expect((await asGuest.fail(ME)).extensions.code).toBe('UNAUTHENTICATED');
    const { refreshToken } = guest;
    expect((await client.fail(REFRESH, { refreshToken })).extensions.code).toBe('UNAUTHENTICATED');
    const asAccount = client.as(account.accessToken);
    expect((await asAccount.get(ME)).me.role).toBe('USER');
    expect(
      await asAccount.get('{ sessions { nodes { isCurrent } } draftStories { totalCount } }'),
    ).toEqual({
      sessions: { nodes: [{ isCurrent: true }] },
      draftStories: { totalCount: 0 },
    });
  });

  it('stays a guest when the name is taken', async () => {
    const { client, database, factory } = talegraph;
    await factory.newReader('occupied');
    const guest = await newGuest();
    const before = await fingerprint(database);
    const { extensions } = await client.as(guest.accessToken).fail(REGISTER, {
      input: { username: 'Occupied', email: 'guest@example.org', password: 'long enough' },
    });
    expect(extensions).toEqual({
      code: 'CONFLICT',
      fields: [{ path: 'input.username', message: 'is taken; choose another name' }],
    });
    expect(await fingerprint(database)).toEqual(before);
    expect(await client.as(guest.accessToken).get(ME)).toEqual({ me: guest.user });
  });
});
