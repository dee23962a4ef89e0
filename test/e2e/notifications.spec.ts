import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../support/installation.js';
import { mailJobsAre } from '../support/mail-jobs.js';
import { Mailbox } from '../support/mailbox.js';

const ROUNDS = 6;

const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }`;
const STORY = `mutation ($title: String!) {
  createStory(input: { title: $title, description: "D", category: "test", difficultyLevel: EASY }) { id }
}`;
const INVITE = `mutation ($id: ID!) { inviteCollaborator(storyId: $id, input: { identifier: "nora", role: EDITOR }) { id } }`;

describe('notifications of a server that is killed again and again', () => {
  let mailbox: Mailbox;
  let installation: Installation;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    installation = await Installation.start(mailbox.env);
  }, 60_000);
  afterAll(async () => {
    await installation.stop();
    await mailbox.close();
  });

  const registered = async (username: string): Promise<string> => {
    const input = { username, email: `${username}@example.org`, password: 'long enough' };
    return (await installation.server.client.get(REGISTER, { input })).register.accessToken;
  };

  it('stand in the list once, and are mailed at least once', async () => {
    const [author, reader] = [await registered('mara'), await registered('nora')];
    await installation.sql.query('UPDATE users SET email_confirmed_at = now()');
    const titles = Array.from({ length: ROUNDS }, (_, round) => `Round ${round}`);
    for (const title of titles) {
      const client = installation.server.client.as(author);
      const { createStory } = await client.get(STORY, { title });
      await client.get(INVITE, createStory);
      await setTimeout(Math.random() * 1500);
      await installation.server.kill('SIGKILL');
      await installation.next();
    }
    await mailJobsAre(installation.sql, 'completed');
    const dispatched = 'SELECT 1 FROM notifications WHERE dispatched_at IS NULL';
    while ((await installation.sql.query<unknown[]>(dispatched)).length > 0) await setTimeout(100);
    await mailJobsAre(installation.sql, 'completed');

    const { notifications } = await installation.server.client
      .as(reader)
      .get('{ notifications { totalCount nodes { story { title } } } }');
    expect(notifications).toEqual({
      totalCount: ROUNDS,
      nodes: titles.toReversed().map((title) => ({ story: { title } })),
    });
    const mails = mailbox.received.filter(({ subject }) => !subject.includes('Confirm'));
    const told = new Set(mails.map(({ body }) => /Round \d/.exec(body)?.[0]));
    expect([...told].sort()).toEqual(titles);
    // Only a server that died between the answer of the mail server and its own note has sent one again, the same.
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(ROUNDS);
  }, 180_000);
});
