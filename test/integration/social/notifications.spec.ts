import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NotificationRepository } from '../../../src/social/notifications/list/notification.repository.js';
import { Notifier } from '../../../src/social/notifications/notifier.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { mailJobsAre } from '../../support/mail-jobs.js';
import { Mailbox, type ReceivedMail } from '../../support/mailbox.js';
import { play } from '../../support/playing.js';

const LIST = `query ($first: Int, $after: String, $unreadOnly: Boolean) {
  unreadNotifications
  notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id kind text readAt actor { username } story { title } comment { text } invitation { role } }
  }
}`;
const MARK = `mutation ($ids: [ID!], $all: Boolean) { markNotificationsRead(ids: $ids, all: $all) }`;
const INVITE = `mutation ($storyId: ID!, $identifier: String!) {
  inviteCollaborator(storyId: $storyId, input: { identifier: $identifier, role: EDITOR }) { id }
}`;
const COMMENT = `mutation ($storyId: ID!) { addComment(input: { storyId: $storyId, text: "So?" }) { id } }`;
const REPLY = `mutation ($id: ID!) { replyToComment(id: $id, text: "Yes.") { id } }`;
const PREFER = `mutation ($input: UpdateNotificationPreferencesInput!) {
  updateNotificationPreferences(input: $input) { kinds { kind inApp email push } }
}`;
const QUIET = { email: false, push: false };

// Mails to send are looked for once a second.
jest.setTimeout(60_000);

describe('notifications', () => {
  let mailbox: Mailbox;
  let talegraph: TestApp;
  let author: Person;
  let editor: Person;
  let story: MadeStory;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    talegraph = await startApp(mailbox.env);
    author = await talegraph.factory.newAuthor('mara');
    editor = await talegraph.factory.newAuthor('egil');
    story = await talegraph.factory.newStory(author, { title: 'Salt', published: false });
    await talegraph.factory.share(author, story, editor, 'editor');
    for (const { token } of [author, editor])
      await talegraph.client.as(token).get(PREFER, {
        input: { kinds: ['COMMENT', 'REPLY'].map((kind) => ({ kind, ...QUIET })) },
      });
  });
  afterAll(async () => {
    await talegraph.close();
    await mailbox.close();
  });

  const as = ({ token }: Person) => talegraph.client.as(token);
  const list = async (person: Person, args: object = {}) =>
    (await as(person).get(LIST, args)).notifications;
  const texts = async (person: Person) =>
    (await list(person)).nodes.map(({ text }: { text: string }) => text);
  const unread = async (person: Person) => (await as(person).get(LIST)).unreadNotifications;
  const invite = (identifier: string, to = story) =>
    as(author).get(INVITE, { storyId: to.id, identifier });
  const mailTo = async (username: string): Promise<ReceivedMail> => {
    for (;;) {
      const found = mailbox.received.find(({ to }) => to === `${username}@example.org`);
      if (found !== undefined) return found;
      await setTimeout(20);
    }
  };
  it('tell of an invitation by name in the list and by mail, until it is answered', async () => {
    const reader = await talegraph.factory.newReader('nora');
    const { inviteCollaborator } = await invite('nora');
    await invite('nora');
    expect(await list(reader)).toEqual({
      totalCount: 1,
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      nodes: [
        {
          id: expect.stringMatching(/^ntf_\d+$/),
          kind: 'INVITATION',
          text: 'mara offers you a part in “Salt”.',
          readAt: null,
          actor: { username: 'mara' },
          story: { title: 'Salt' },
          comment: null,
          invitation: { role: 'EDITOR' },
        },
      ],
    });
    expect(await unread(reader)).toBe(1);
    const mail = await mailbox.next();
    expect(mail).toMatchObject({
      to: 'nora@example.org',
      subject: expect.stringContaining('offers'),
    });
    expect(mail.body).toContain('Hello nora,');
    expect(mail.body).toContain('mara offers you a part in “Salt”.');
    expect(mail.body).toContain('https://stories.example.org/invitations');
    expect(mail.body).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    await mailJobsAre(talegraph.database, 'completed');
    expect(mailbox.received).toHaveLength(1);

    const accept = 'mutation ($id: ID!) { acceptInvitation(id: $id) { id } }';
    await as(reader).get(accept, inviteCollaborator);
    expect(await list(reader)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await unread(reader)).toBe(0);
  });

  it('are not mailed once they are read', async () => {
    const reader = await talegraph.factory.newReader('quick');
    await mailbox.close();
    await invite('quick');
    await as(reader).get(MARK, { all: true });
    mailbox = await Mailbox.open(mailbox.port);
    await mailJobsAre(talegraph.database, 'completed');
    await setTimeout(2500);
    await mailJobsAre(talegraph.database, 'completed');
    expect(mailbox.received).toEqual([]);
  });

  it('tell the author of comments, those who talk in a thread of replies, and nobody of their own', async () => {
    const stranger = await talegraph.factory.newReader();
    const { addComment } = await as(editor).get(COMMENT, { storyId: story.id });
    expect(await texts(author)).toEqual(['egil commented on “Salt”.']);
    expect((await list(author)).nodes[0].comment).toEqual({ text: 'So?' });
    expect(await texts(editor)).toEqual([]);
    await as(author).get(REPLY, addComment);
    expect(await texts(editor)).toEqual(['mara replied in a thread about “Salt”.']);
    const reply = await as(editor).get(REPLY, addComment);
    expect((await texts(author)).slice(0, 1)).toEqual(['egil replied in a thread about “Salt”.']);
    expect(await unread(author)).toBe(2);
    expect(await texts(stranger)).toEqual([]);

    await as(editor).get('mutation ($id: ID!) { deleteComment(id: $id) }', reply.replyToComment);
    expect(await texts(author)).toEqual(['egil commented on “Salt”.']);
  });

  it('on drafts are gone for who works on them no longer, and no mail is sent', async () => {
    const former = await talegraph.factory.newAuthor('former');
    const draft = await talegraph.factory.newStory(author, { title: 'Secret', published: false });
    await talegraph.factory.share(author, draft, former, 'viewer');
    const { addComment } = await as(former).get(COMMENT, { storyId: draft.id });
    await mailbox.close();
    await as(author).get(REPLY, addComment);
    expect(await texts(former)).toEqual(['mara replied in a thread about “Secret”.']);
    await as(author).get(
      'mutation ($storyId: ID!, $userId: ID!) { removeCollaborator(storyId: $storyId, userId: $userId) }',
      { storyId: draft.id, userId: former.id },
    );
    mailbox = await Mailbox.open(mailbox.port);
    expect(await texts(former)).toEqual([]);
    expect(await unread(former)).toBe(0);
    expect(await as(former).get(MARK, { all: true })).toEqual({ markNotificationsRead: 0 });
    await mailJobsAre(talegraph.database, 'completed');
    expect(mailbox.received).toEqual([]);

    await as(author).get('mutation ($id: ID!) { deleteStory(id: $id) }', draft);
    expect(await texts(author)).not.toContain('former commented on “Secret”.');
  });

  it('tell readers once of each version that the author moves them to, and not while it is unpublished', async () => {
    const { factory, database } = talegraph;
    const played = await factory.newStory(author, { title: 'Moving', nodes: { a: ['b'], b: [] } });
    const [reader, guest] = [await factory.newReader(), await factory.newGuest()];
    for (const person of [reader, guest, author]) await play(as(person), played, ['a']);
    await play(as(reader), played, ['a']);
    await database.query(`UPDATE story_nodes SET content = 'New.' WHERE story_id = $1`, [
      played.storyId,
    ]);
    await as(author).get(
      'mutation ($id: ID!) { publishStory(id: $id, input: { readers: { move: true } }) { id } }',
      played,
    );
    while ((await unread(guest)) === 0) await setTimeout(50);
    const told = [
      'mara moved your playthrough of “Moving” to the new version, and it goes on there.',
    ];
    expect(await texts(guest)).toEqual(told);
    expect(await texts(reader)).toEqual(told);
    expect(await texts(author)).not.toContain(told[0]);
    await as(author).get('mutation ($id: ID!) { unpublishStory(id: $id) { id } }', played);
    expect(await texts(reader)).toEqual([]);
  });

  it('tell of a new follower once, and of nothing that somebody does whom one keeps away', async () => {
    const { factory } = talegraph;
    const [reader, fan] = [await factory.newReader(), await factory.newReader('fan')];
    const change = (operation: string, whom: Person) =>
      `mutation { ${operation}(userId: "${whom.id}") { id } }`;
    for (const operation of ['followUser', 'unfollowUser', 'followUser'])
      await as(fan).get(change(operation, reader));
    expect(await list(reader)).toMatchObject({
      totalCount: 1,
      nodes: [{ kind: 'FOLLOWER', text: 'fan follows you.', story: null }],
    });
    await as(reader).get(change('blockUser', fan));
    expect(await texts(reader)).toEqual([]);
    const { id } = await factory.newStory(fan);
    await as(fan).get(INVITE, { storyId: id, identifier: reader.username });
    expect(await texts(reader)).toEqual([]);
    await as(reader).get(change('unblockUser', fan));
    expect(await texts(reader)).toEqual(['fan follows you.']);
  });

  it('come a page at a time, newest first, and of those that are unread alone on request', async () => {
    const reader = await talegraph.factory.newReader();
    const titles = ['One', 'Two', 'Three'];
    for (const title of titles)
      await invite(reader.username, await talegraph.factory.newStory(author, { title }));
    const first = await list(reader, { first: 2 });
    const titlesOf = ({ nodes }: any) => nodes.map((node: any) => node.story.title);
    expect(titlesOf(first)).toEqual(['Three', 'Two']);
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const after = first.pageInfo.endCursor;
    expect(titlesOf(await list(reader, { first: 2, after }))).toEqual(['One']);

    const ids = [first.nodes[1].id];
    expect(await as(reader).get(MARK, { ids })).toEqual({ markNotificationsRead: 1 });
    expect(await as(reader).get(MARK, { ids })).toEqual({ markNotificationsRead: 0 });
    const left = await list(reader, { unreadOnly: true });
    expect(titlesOf(left)).toEqual(['Three', 'One']);
    expect(left.totalCount).toBe(2);
    expect((await list(reader)).nodes[1].readAt).toEqual(expect.any(String));
    expect(await as(reader).get(MARK, { all: true })).toEqual({ markNotificationsRead: 2 });
    expect(await unread(reader)).toBe(0);
  });

  it('of others are neither seen nor marked', async () => {
    const [reader, other] = [
      await talegraph.factory.newReader(),
      await talegraph.factory.newReader(),
    ];
    await invite(reader.username);
    const [{ id }] = (await list(reader)).nodes;
    expect(await list(other)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await as(other).get(MARK, { ids: [id] })).toEqual({ markNotificationsRead: 0 });
    expect(await as(other).get(MARK, { all: true })).toEqual({ markNotificationsRead: 0 });
    expect(await unread(reader)).toBe(1);
  });

  it.each([
    [{}, 'ids', 'give either the ids of notifications, or all: true'],
    [{ ids: ['ntf_1'], all: true }, 'ids', 'give either the ids of notifications, or all: true'],
    [{ ids: ['sty_1'] }, 'ids.0', 'must be the id of a notification, as the API returned it'],
  ])('are not marked by %j', async (args, path, message) => {
    const { extensions } = await as(editor).fail(MARK, args);
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', fields: [{ path, message }] });
  });

  it('are told of once, however often and by however many at once', async () => {
    const reader = await talegraph.factory.newReader();
    const notifier = talegraph.app.get(Notifier);
    const published = await talegraph.factory.newStory(author);
    const subject = { key: 'once', actorId: author.viewer.userId, storyId: published.storyId };
    const tell = (key: string) =>
      notifier.tell([reader.viewer.userId, author.viewer.userId], 'playthrough-moved', {
        ...subject,
        key,
      });
    await Promise.all([tell('once'), tell('once'), tell('once')]);
    await tell('once');
    expect(await unread(reader)).toBe(1);
    await tell('another');
    expect(await unread(reader)).toBe(2);
  });

  it('go the ways that their user wants, kind by kind', async () => {
    const reader = await talegraph.factory.newReader('chooser');
    const asked = await as(reader).get(
      '{ notificationPreferences { kinds { kind inApp email push } } }',
    );
    const all = { inApp: true, email: true, push: true };
    const follower = { kind: 'FOLLOWER', inApp: true, email: false, push: true };
    const review = { kind: 'REVIEW', inApp: true, email: false, push: false };
    const answer = { kind: 'REVIEW_REPLY', inApp: true, email: false, push: true };
    const moved = { kind: 'PLAYTHROUGH_MOVED', inApp: true, email: false, push: false };
    expect(asked.notificationPreferences.kinds).toEqual([
      { kind: 'INVITATION', ...all },
      { kind: 'COMMENT', ...all },
      { kind: 'REPLY', ...all },
      follower,
      review,
      answer,
      moved,
    ]);
    const input = { kinds: [{ kind: 'INVITATION', inApp: false }] };
    const { updateNotificationPreferences } = await as(reader).get(PREFER, { input });
    expect(updateNotificationPreferences.kinds).toEqual([
      { kind: 'INVITATION', inApp: false, email: true, push: true },
      { kind: 'COMMENT', ...all },
      { kind: 'REPLY', ...all },
      follower,
      review,
      answer,
      moved,
    ]);
    await invite('chooser');
    expect(await list(reader)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await unread(reader)).toBe(0);
    expect((await mailTo('chooser')).subject).not.toBe('');
  });

  it.each([
    [{ kinds: [{ kind: 'REPLY' }, { kind: 'REPLY' }] }, 'input.kinds', 'has a kind twice'],
    [{ kinds: [{ kind: 'REPLY', push: null }] }, 'input.kinds.0.push', 'must be true or false'],
  ])('refuse the preferences %j', async (input, path, message) => {
    const { extensions } = await as(editor).fail(PREFER, { input });
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', fields: [{ path, message }] });
  });

  it('are mailed to confirmed addresses alone', async () => {
    const reader = await talegraph.factory.newReader('unconfirmed');
    await talegraph.database.query(
      `UPDATE users SET email_confirmed_at = NULL WHERE username = 'unconfirmed'`,
    );
    await invite('unconfirmed');
    await invite((await talegraph.factory.newReader('confirmed')).username);
    await mailTo('confirmed');
    expect(mailbox.received.map(({ to }) => to)).not.toContain('unconfirmed@example.org');
    expect(await unread(reader)).toBe(1);
  });

  it('are mailed no more after one click in a mail, which programs that look through mails do not do', async () => {
    const reader = await talegraph.factory.newReader('clicker');
    await invite('clicker');
    const { unsubscribe } = await mailTo('clicker');
    const url = unsubscribe.replace('https://stories.example.org', talegraph.url);
    const mails = async () =>
      (await as(reader).get('{ notificationPreferences { kinds { kind email } } }'))
        .notificationPreferences.kinds[0];

    const asked = await fetch(url);
    expect(asked.status).toBe(200);
    expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await asked.text()).toContain('<button>Stop them</button>');
    expect(await mails()).toEqual({ kind: 'INVITATION', email: true });

    for (const altered of [
      url.replace('about=invitation', 'about=comment'),
      url.replace(reader.id, author.id),
      url.replace(/signature=..../, 'signature=AAAA'),
      url.replace(/&signature=.*/, ''),
    ])
      expect((await fetch(altered, { method: 'POST' })).status).toBe(403);
    expect(await mails()).toEqual({ kind: 'INVITATION', email: true });

    const oneClick = { 'List-Unsubscribe': 'One-Click' };
    const ended = await fetch(url, { method: 'POST', body: new URLSearchParams(oneClick) });
    expect(ended.status).toBe(200);
    expect(await ended.text()).toContain('You get no more mails about invitations.');
    expect(await mails()).toEqual({ kind: 'INVITATION', email: false });
    const again = await talegraph.factory.newStory(author);
    await invite('clicker', again);
    await invite((await talegraph.factory.newReader('last')).username, again);
    await mailTo('last');
    expect(mailbox.received.filter(({ to }) => to === 'clicker@example.org')).toHaveLength(1);
    expect(await unread(reader)).toBe(2);
  });

  it('are deleted after half a year', async () => {
    const reader = await talegraph.factory.newReader();
    await invite(reader.username);
    await talegraph.database.query(
      `UPDATE notifications SET created_at = now() - interval '181 days' WHERE user_id = $1`,
      [reader.viewer.userId],
    );
    await talegraph.app.get(NotificationRepository).sweep(180);
    expect(await list(reader)).toMatchObject({ totalCount: 0 });
  });
});
