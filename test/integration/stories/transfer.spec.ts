import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { untilSomeWait } from '../../support/locks.js';

const TRANSFER = `mutation ($storyId: ID!, $userId: ID!) {
  transferStory(storyId: $storyId, userId: $userId) { id role user { id } }
}`;
const ACCEPT = 'mutation ($id: ID!) { acceptInvitation(id: $id) { myRole } }';
const DECLINE = 'mutation ($id: ID!) { declineInvitation(id: $id) }';
const DELETE = 'mutation ($id: ID!) { deleteStory(id: $id) }';
const REMOVE =
  'mutation ($id: ID!, $userId: ID!) { removeCollaborator(storyId: $id, userId: $userId) }';
const SET_ROLE = `mutation ($id: ID!, $userId: ID!) {
  setCollaboratorRole(storyId: $id, userId: $userId, role: EDITOR) { role }
}`;
const WHOSE = `query ($id: ID!) { story(id: $id) {
  author { id } myRole collaborators { role user { id } } invitations { role user { id } }
} }`;

describe('transferStory', () => {
  let talegraph: TestApp;
  let ada: Person;
  let bo: Person;
  let cy: Person;
  let as: (person: Person) => GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    [ada, bo, cy] = await Promise.all([
      factory.newAuthor(),
      factory.newAuthor(),
      factory.newAuthor(),
    ]);
    as = ({ token }) => client.as(token);
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    const { factory } = talegraph;
    story = await factory.newStory(ada);
    await factory.share(ada, story, bo, 'editor');
    await factory.share(ada, story, cy, 'viewer');
  });

  const offer = async (from: Person, to: Person) =>
    (await as(from).get(TRANSFER, { storyId: story.id, userId: to.id })).transferStory;
  const whose = async (person: Person) => (await as(person).get(WHOSE, { id: story.id })).story;

  it('gives the story to nobody who has not accepted it', async () => {
    const offered = await offer(ada, bo);
    expect(offered).toEqual({ id: offered.id, role: 'OWNER', user: { id: bo.id } });
    expect((await as(bo).fail(DELETE, { id: story.id })).extensions.code).toBe('FORBIDDEN');
    expect(await whose(ada)).toMatchObject({
      author: { id: ada.id },
      myRole: 'OWNER',
      invitations: [{ role: 'OWNER', user: { id: bo.id } }],
    });
    await as(bo).get(DECLINE, { id: offered.id });
    expect(await whose(ada)).toMatchObject({ author: { id: ada.id }, invitations: [] });
    expect((await as(bo).fail(ACCEPT, { id: offered.id })).extensions.code).toBe('NOT_FOUND');
  });

  it('makes who accepts it the owner, and the former owner an editor', async () => {
    const { id } = await offer(ada, cy);
    expect(await as(cy).get(ACCEPT, { id })).toEqual({ acceptInvitation: { myRole: 'OWNER' } });
    expect(await whose(cy)).toEqual({
      author: { id: cy.id },
      myRole: 'OWNER',
      collaborators: [
        { role: 'EDITOR', user: { id: bo.id } },
        { role: 'EDITOR', user: { id: ada.id } },
      ],
      invitations: [],
    });
    expect((await as(ada).fail(DELETE, { id: story.id })).extensions.code).toBe('FORBIDDEN');
    const { authored } = await as(ada).get(
      `query ($id: ID!) { authored: stories(filter: { authorId: $id }) { nodes { id } } }`,
      cy,
    );
    expect(authored.nodes).toEqual([{ id: story.id }]);
    await as(cy).get(DELETE, { id: story.id });
  });

  it('takes an earlier offer back', async () => {
    const first = await offer(ada, bo);
    const second = await offer(ada, cy);
    expect((await as(bo).fail(ACCEPT, first)).extensions.code).toBe('NOT_FOUND');
    await as(cy).get(ACCEPT, second);
    expect((await whose(cy)).author.id).toBe(cy.id);
  });

  it('is void when the collaborator is removed', async () => {
    const { id } = await offer(ada, bo);
    await as(ada).get(
      'mutation ($storyId: ID!, $userId: ID!) { removeCollaborator(storyId: $storyId, userId: $userId) }',
      { storyId: story.id, userId: bo.id },
    );
    expect((await as(bo).fail(ACCEPT, { id })).extensions.code).toBe('NOT_FOUND');
    expect((await whose(ada)).author.id).toBe(ada.id);
  });

  it('goes to collaborators alone, and not to oneself', async () => {
    const stranger = await talegraph.factory.newAuthor();
    const before = await fingerprint(talegraph.database);
    for (const { id } of [stranger, ada, { id: 'usr_999999' }]) {
      const { extensions } = await as(ada).fail(TRANSFER, { storyId: story.id, userId: id });
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'userId' }] });
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('leaves one owner when several accept and offer at once', async () => {
    const { id } = await offer(ada, bo);
    await Promise.all([
      as(bo).send(ACCEPT, { id }),
      as(ada).send(TRANSFER, { storyId: story.id, userId: cy.id }),
      as(bo).send(ACCEPT, { id }),
    ]);
    const [row] = await talegraph.database.query<any[]>(
      `SELECT author_id AS owner,
         (SELECT array_agg(user_id ORDER BY user_id) FROM story_collaborators WHERE story_id = $1) AS others,
         (SELECT count(*) FROM story_invitations WHERE story_id = $1) AS offers
       FROM stories WHERE story_id = $1`,
      [story.storyId],
    );
    const ids = [ada, bo, cy].map(({ viewer }) => viewer.userId).sort((a, b) => a - b);
    expect([row.owner, ...row.others].map(Number).sort((a, b) => a - b)).toEqual(ids);
    // Either the offer to bo was accepted, and ada could offer nothing more, or it was replaced.
    expect(row).toMatchObject(
      Number(row.owner) === bo.viewer.userId
        ? { offers: 0 }
        : { owner: ada.viewer.userId, offers: 1 },
    );
  });

  it.each([
    ['deleteStory', DELETE],
    ['removeCollaborator', REMOVE],
    ['setCollaboratorRole', SET_ROLE],
    ['transferStory', TRANSFER],
  ])('leaves the former owner nothing of a %s that comes while it is accepted', async (_, call) => {
    const runner = talegraph.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query('UPDATE stories SET author_id = $2 WHERE story_id = $1', [
      story.storyId,
      bo.viewer.userId,
    ]);
    await runner.query(
      `UPDATE story_collaborators SET user_id = $3 WHERE story_id = $1 AND user_id = $2`,
      [story.storyId, bo.viewer.userId, ada.viewer.userId],
    );
    const ids = { id: story.id, storyId: story.id, userId: cy.id };
    const answer = as(ada).send(call, ids);
    await untilSomeWait(talegraph.database);
    await runner.commitTransaction();
    await runner.release();
    expect((await answer).errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(await whose(bo)).toMatchObject({
      myRole: 'OWNER',
      collaborators: expect.arrayContaining([
        { role: 'EDITOR', user: { id: ada.id } },
        { role: 'VIEWER', user: { id: cy.id } },
      ]),
      invitations: [],
    });
  });

  it('works where the new owner was also invited by name, and has joined by address', async () => {
    const { factory } = talegraph;
    const dee = await factory.newAuthor();
    const invite = `mutation ($storyId: ID!, $identifier: String!) {
      inviteCollaborator(storyId: $storyId, input: { identifier: $identifier, role: EDITOR }) { id }
    }`;
    await as(ada).get(invite, { storyId: story.id, identifier: dee.username });
    const { inviteCollaborator } = await as(ada).get(invite, {
      storyId: story.id,
      identifier: `${dee.username}@example.org`,
    });
    await as(dee).get(ACCEPT, inviteCollaborator);
    await as(dee).get(ACCEPT, await offer(ada, dee));
    expect(await whose(dee)).toMatchObject({ author: { id: dee.id }, invitations: [] });
  });
});
