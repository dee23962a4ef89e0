import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { fingerprint } from '../../support/fingerprint.js';
import type { GraphqlClient } from '../../support/graphql-client.js';

const INVITE = `mutation ($storyId: ID!, $identifier: String!, $role: CollaboratorRole!) {
  inviteCollaborator(storyId: $storyId, input: { identifier: $identifier, role: $role }) {
    id role email user { username } invitedBy { username } story { id }
  }
}`;
const MINE = `{ invitations { totalCount nodes {
  id role email user { username } invitedBy { username } story { id title myRole draft { isEmpty } }
} } }`;
const ACCEPT = 'mutation ($id: ID!) { acceptInvitation(id: $id) { id myRole draft { isEmpty } } }';
const DECLINE = 'mutation ($id: ID!) { declineInvitation(id: $id) }';
const REVOKE = 'mutation ($id: ID!) { revokeInvitation(id: $id) }';
const PENDING = `query ($id: ID!) { story(id: $id) {
  invitations { id role email user { username } } collaborators { role user { username } }
} }`;

describe('invitations', () => {
  let talegraph: TestApp;
  let owner: Person;
  let author: GraphqlClient;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    owner = await talegraph.factory.newAuthor();
    author = talegraph.client.as(owner.token);
  });
  afterAll(() => talegraph.close());
  beforeEach(async () => {
    story = await talegraph.factory.newStory(owner, { title: 'Shared', published: false });
  });

  const invite = async (identifier: string, role = 'EDITOR') =>
    (await author.get(INVITE, { storyId: story.id, identifier, role })).inviteCollaborator;
  const refusal = async (identifier: string) =>
    (await author.fail(INVITE, { storyId: story.id, identifier, role: 'EDITOR' })).extensions;
  const pending = async () => (await author.get(PENDING, { id: story.id })).story;
  const newClient = async () => {
    const person = await talegraph.factory.newAuthor();
    return { person, client: talegraph.client.as(person.token) };
  };

  it('by name is found by the invited, who has the draft only after accepting it', async () => {
    const { person, client } = await newClient();
    const invitation = await invite(person.username.toUpperCase(), 'VIEWER');
    const { id } = invitation;
    expect(invitation).toEqual({
      id: expect.stringMatching(/^inv_\d+$/),
      role: 'VIEWER',
      email: null,
      user: { username: person.username },
      invitedBy: { username: owner.username },
      story: { id: story.id },
    });
    expect((await client.get(MINE)).invitations).toEqual({
      totalCount: 1,
      nodes: [
        { ...invitation, story: { id: story.id, title: 'Shared', myRole: null, draft: null } },
      ],
    });
    expect((await client.fail(PENDING, { id: story.id })).extensions.code).toBe('NOT_FOUND');
    expect(await client.get(ACCEPT, { id })).toEqual({
      acceptInvitation: { id: story.id, myRole: 'VIEWER', draft: { isEmpty: false } },
    });
    expect((await client.get(MINE)).invitations.totalCount).toBe(0);
    expect(await pending()).toEqual({
      invitations: [],
      collaborators: [{ role: 'VIEWER', user: { username: person.username } }],
    });
    expect((await client.fail(ACCEPT, { id })).extensions.code).toBe('NOT_FOUND');
  });

  /** As following the link of the mail does. */
  const confirmAddress = (username: string) =>
    talegraph.database.query('UPDATE users SET email_confirmed_at = now() WHERE username = $1', [
      username,
    ]);

  it('by address is found by whoever confirms it later, however the address is written', async () => {
    const invitation = await invite('Later.Reader@Example.org');
    expect(invitation).toMatchObject({ email: 'Later.Reader@Example.org', user: null });
    const { register } = await talegraph.client.get(`mutation {
      register(input: { username: "later", email: "later.READER@example.org", password: "long enough" }) { accessToken }
    }`);
    const client = talegraph.client.as(register.accessToken);
    const before = await fingerprint(talegraph.database);
    expect((await client.get(MINE)).invitations).toEqual({ totalCount: 0, nodes: [] });
    // Whether anything was offered to the address is not told yet.
    const none = { id: invitation.id.replace(/\d+$/, '999999') };
    for (const mutation of [ACCEPT, DECLINE]) {
      const { message, extensions } = await client.fail(mutation, invitation);
      expect(extensions).toEqual({ code: 'FORBIDDEN' });
      expect(message).toContain('use requestEmailConfirmation');
      expect((await client.fail(mutation, none)).message).toBe(message);
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
    await confirmAddress('later');
    expect((await client.get(MINE)).invitations.nodes).toMatchObject([
      { id: invitation.id, role: 'EDITOR', story: { id: story.id } },
    ]);
    expect((await client.get(ACCEPT, invitation)).acceptInvitation.myRole).toBe('EDITOR');
    expect((await pending()).collaborators).toEqual([
      { role: 'EDITOR', user: { username: 'later' } },
    ]);
  });

  it('by address is found by a guest who registers with it and confirms it', async () => {
    const guest = talegraph.client.as((await talegraph.factory.newGuest()).token);
    const { id } = await invite('guest.no.more@example.org');
    expect((await guest.fail(ACCEPT, { id })).extensions.code).toBe('FORBIDDEN');
    const { register } = await guest.get(`mutation {
      register(input: { username: "no-guest", email: "Guest.No.More@example.org", password: "long enough" }) { accessToken }
    }`);
    await confirmAddress('no-guest');
    const member = talegraph.client.as(register.accessToken);
    expect((await member.get(ACCEPT, { id })).acceptInvitation.id).toBe(story.id);
  });

  it('to an address tells in nothing whether it has an account: not by its answer, its work, or its list', async () => {
    const { person, client } = await newClient();
    const known = `${person.username}@example.org`;
    const unknown = known.replace('user', 'usex');
    const answers: any[] = [];
    const statements: string[][] = [];
    for (const address of [known, unknown]) {
      await author.get(PENDING, { id: story.id });
      const sent = await talegraph.statements.during(async () => {
        answers.push(await invite(address));
      });
      statements.push(sent);
    }
    const withoutAddress = answers.map(({ id: _, email: __, ...rest }) => rest);
    expect(withoutAddress[0]).toEqual(withoutAddress[1]);
    expect(statements[0]).toEqual(statements[1]);
    expect(statements[0]!.filter((sql) => /users.* WHERE .*email/s.test(sql))).toEqual([]);
    // Nor does it once its owner has joined under their name.
    const byName = await invite(person.username);
    await client.get(ACCEPT, byName);
    expect((await invite(known)).id).toBe(answers[0].id);
    expect((await pending()).invitations.map(({ email }: any) => email)).toEqual([known, unknown]);
  });

  it('to an address is nobody else’s', async () => {
    const { id } = await invite('somebody@example.org');
    const { client } = await newClient();
    const before = await fingerprint(talegraph.database);
    for (const mutation of [ACCEPT, DECLINE, REVOKE]) {
      expect((await client.fail(mutation, { id })).extensions.code).toBe('NOT_FOUND');
    }
    expect((await client.get(MINE)).invitations.nodes).toEqual([]);
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('of the same one again changes what they shall be, and is one invitation still', async () => {
    const { person } = await newClient();
    const first = await invite(person.username, 'VIEWER');
    const second = await invite(person.username, 'EDITOR');
    expect(second).toEqual({ ...first, role: 'EDITOR' });
    const address = await invite('Twice@example.org', 'VIEWER');
    expect((await invite('twice@EXAMPLE.org')).id).toBe(address.id);
    expect((await pending()).invitations).toHaveLength(2);
  });

  it('can be declined, and made again', async () => {
    const { person, client } = await newClient();
    const { id } = await invite(person.username);
    expect(await client.get(DECLINE, { id })).toEqual({ declineInvitation: true });
    expect((await client.fail(ACCEPT, { id })).extensions.code).toBe('NOT_FOUND');
    expect(await pending()).toEqual({ invitations: [], collaborators: [] });
    await client.get(ACCEPT, { id: (await invite(person.username)).id });
    expect((await pending()).collaborators).toHaveLength(1);
  });

  it('can be revoked until it is answered', async () => {
    const { person, client } = await newClient();
    const { id } = await invite(person.username);
    expect(await author.get(REVOKE, { id })).toEqual({ revokeInvitation: true });
    expect((await client.fail(ACCEPT, { id })).extensions.code).toBe('NOT_FOUND');
    expect((await author.fail(REVOKE, { id })).extensions.code).toBe('NOT_FOUND');
    expect(await pending()).toEqual({ invitations: [], collaborators: [] });
  });

  it('is either accepted or revoked when both come at once', async () => {
    const outcomes = new Set<string>();
    for (let i = 0; i < 10; i++) {
      const { person, client } = await newClient();
      const { id } = await invite(person.username);
      const answers = await Promise.all([
        client.send(ACCEPT, { id }),
        author.send(REVOKE, { id }),
        client.send(ACCEPT, { id }),
      ]);
      const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'ok');
      expect([...codes].sort()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'ok']);
      const { collaborators, invitations } = await pending();
      const isIn = collaborators.some(({ user }: any) => user.username === person.username);
      expect({ isIn, invitations }).toEqual({ isIn: codes[1] !== 'ok', invitations: [] });
      outcomes.add(codes.join());
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('goes to no guest, nobody, the owner, or who works on the story already; nothing is written', async () => {
    const { factory } = talegraph;
    const guest = await factory.newGuest();
    const editor = await factory.newAuthor();
    await factory.share(owner, story, editor, 'editor');
    const before = await fingerprint(talegraph.database);
    const nobody = {
      code: 'BAD_USER_INPUT',
      fields: [
        {
          path: 'input.identifier',
          message: 'is nobody’s name; check its spelling, or invite by e-mail address',
        },
      ],
    };
    expect(await refusal('nobody-of-this-name')).toEqual(nobody);
    expect(await refusal(guest.username)).toEqual(nobody);
    expect(await refusal(owner.username)).toMatchObject({
      fields: [{ path: 'input.identifier', message: 'owns this story' }],
    });
    expect(await refusal(editor.username)).toEqual({ code: 'CONFLICT' });
    for (const wrong of ['', 'a b', 'x@', `${'x'.repeat(250)}@example.org`]) {
      expect(await refusal(wrong)).toEqual({
        code: 'BAD_USER_INPUT',
        fields: [
          { path: 'input.identifier', message: 'must be the name of a user, or an e-mail address' },
        ],
      });
    }
    expect(await fingerprint(talegraph.database)).toEqual(before);
  });

  it('to one’s own address is not found by the owner', async () => {
    const { id } = await invite(`${owner.username}@example.org`);
    expect((await author.get(MINE)).invitations.nodes).toEqual([]);
    expect((await author.fail(ACCEPT, { id })).extensions.code).toBe('NOT_FOUND');
  });

  it('to a story that is deleted is gone', async () => {
    const { person, client } = await newClient();
    const { id } = await invite(person.username);
    await author.get('mutation ($id: ID!) { deleteStory(id: $id) }', { id: story.id });
    expect((await client.get(MINE)).invitations.nodes).toEqual([]);
    expect((await client.fail(ACCEPT, { id })).extensions.code).toBe('NOT_FOUND');
  });

  it('is made 50 times and no more, those who have joined among them, also of many calls at once', async () => {
    const { person, client } = await newClient();
    await client.get(ACCEPT, await invite(person.username));
    await talegraph.database.query(
      `INSERT INTO story_invitations (story_id, email, role, invited_by)
       SELECT $1, 'reader' || i || '@example.org', 'viewer', $2 FROM generate_series(1, 45) AS i`,
      [story.storyId, owner.viewer.userId],
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        author.send(INVITE, { storyId: story.id, identifier: `more${i}@x.org`, role: 'VIEWER' }),
      ),
    );
    const refused = answers.flatMap(({ errors }) => errors);
    expect(refused.map(({ extensions }) => extensions)).toEqual(
      Array.from({ length: 4 }, () => ({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            path: 'storyId',
            message:
              'has 50 collaborators and pending invitations, and no story may have more; remove or revoke some',
          },
        ],
      })),
    );
    // Who is invited already is not one more.
    expect((await invite('reader1@example.org')).role).toBe('EDITOR');
    expect((await pending()).invitations).toHaveLength(49);
  });
});
