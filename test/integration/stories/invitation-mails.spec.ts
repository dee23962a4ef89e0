import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory, Person } from '../../support/factory.js';
import { mailJobsAre } from '../../support/mail-jobs.js';
import { Mailbox } from '../../support/mailbox.js';
import { registered } from '../auth/accounts.js';

const INVITE = `mutation ($storyId: ID!, $identifier: String!) {
  inviteCollaborator(storyId: $storyId, input: { identifier: $identifier, role: EDITOR }) { id }
}`;

// Mails to send are looked for once a second.
jest.setTimeout(60_000);

describe('the mail of an invitation', () => {
  let mailbox: Mailbox;
  let talegraph: TestApp;
  let owner: Person;
  let story: MadeStory;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    talegraph = await startApp(mailbox.env);
    owner = await talegraph.factory.newAuthor('mara');
    story = await talegraph.factory.newStory(owner, { title: 'Salt & <Sea>' });
  });
  afterAll(async () => {
    await talegraph.close();
    await mailbox.close();
  });

  const invite = async (identifier: string): Promise<string> => {
    const client = talegraph.client.as(owner.token);
    return (await client.get(INVITE, { storyId: story.id, identifier })).inviteCollaborator.id;
  };

  it('goes to the address; who registers with it can accept once it is confirmed', async () => {
    const id = await invite('later@example.org');
    const mail = await mailbox.next();
    expect(mail).toMatchObject({
      to: 'later@example.org',
      subject: 'mara invites you to work on a story',
    });
    expect(mail.body).toContain('mara invites you to write “Salt & <Sea>”.');
    expect(mail.body).toContain('mara invites you to write “Salt &amp; &lt;Sea&gt;”.');
    expect(mail.body).toContain('https://stories.example.org/invitations');

    const { accessToken } = await registered(talegraph.client, 'later');
    const client = talegraph.client.as(accessToken);
    const { token } = await mailbox.next();
    const accept = 'mutation ($id: ID!) { acceptInvitation(id: $id) { myRole } }';
    expect((await client.fail(accept, { id })).extensions).toEqual({ code: 'FORBIDDEN' });
    await client.get('mutation ($token: String!) { confirmEmail(token: $token) }', { token });
    expect(await client.get(accept, { id })).toEqual({ acceptInvitation: { myRole: 'EDITOR' } });
  });

  it('is the same for an address that has an account', async () => {
    const { username } = await talegraph.factory.newReader();
    await invite(`${username}@example.org`);
    await invite('nobody-yet@example.org');
    const [known, unknown] = [await mailbox.next(), await mailbox.next()];
    const words = ({ body }: { body: string }) =>
      body.slice(body.indexOf('Hello,')).split('---')[0];
    expect(words(known)).toBe(words(unknown));
    expect(known.subject).toBe(unknown.subject);
  });

  it('is not sent to who is invited by name', async () => {
    const { username } = await talegraph.factory.newReader();
    const before = mailbox.received.length;
    await invite(username);
    await mailJobsAre(talegraph.database, 'completed');
    expect(mailbox.received).toHaveLength(before);
  });

  it('is sent to one address five times in a quarter of an hour and no more', async () => {
    for (let i = 0; i < 5; i++) await invite('often@example.org');
    const { extensions } = await talegraph.client
      .as(owner.token)
      .fail(INVITE, { storyId: story.id, identifier: 'Often@example.org' });
    expect(extensions.code).toBe('RATE_LIMITED');
  });
});
