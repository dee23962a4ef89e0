import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Digests } from '../../../src/social/notifications/digests/digests.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { mailJobsAre } from '../../support/mail-jobs.js';
import { Mailbox } from '../../support/mailbox.js';
import { play } from '../../support/playing.js';

const PREFER = `mutation ($digest: DigestFrequency) {
  updateNotificationPreferences(input: { digest: $digest }) { digest nextDigestAt }
}`;
const ASK = '{ notificationPreferences { digest nextDigestAt } }';

// Mails to send are looked for once a second.
jest.setTimeout(60_000);

describe('digests', () => {
  let mailbox: Mailbox;
  let talegraph: TestApp;
  let author: Person;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    talegraph = await startApp(mailbox.env);
    author = await talegraph.factory.newAuthor('mara');
  });
  afterAll(async () => {
    await talegraph.close();
    await mailbox.close();
  });

  const as = ({ token }: Person) => talegraph.client.as(token);
  const sql = (text: string, values: unknown[] = []) => talegraph.database.query(text, values);
  const preferring = async (digest: string): Promise<Person> => {
    const reader = await talegraph.factory.newReader();
    await as(reader).get(PREFER, { digest });
    return reader;
  };
  /** Sends the digests of some people, as if two days had passed. */
  const send = async (...people: Person[]): Promise<void> => {
    await sql(
      `UPDATE digests SET next_at = now(), since = now() - interval '2 days' WHERE user_id = ANY($1)`,
      [people.map(({ viewer }) => viewer.userId)],
    );
    await talegraph.app.get(Digests).queueDue();
    await mailJobsAre(talegraph.database, 'completed');
  };
  const mailsTo = ({ username }: Person) =>
    mailbox.received.filter(({ to }) => to === `${username}@example.org`);
  /** Puts a streak into the statistics of somebody who played last so many days ago. */
  const streak = ({ viewer }: Person, days: number, ago: number) =>
    sql(
      `INSERT INTO user_stats (user_id, streak, longest_streak, last_day)
       SELECT user_id, $2, $2, (now() AT TIME ZONE timezone)::date - $3::integer FROM users WHERE user_id = $1
       ON CONFLICT (user_id) DO UPDATE SET streak = EXCLUDED.streak, last_day = EXCLUDED.last_day`,
      [viewer.userId, days, ago],
    );

  it('are off, until somebody wants them', async () => {
    const reader = await talegraph.factory.newReader();
    const off = { digest: 'OFF', nextDigestAt: null };
    expect(await as(reader).get(ASK)).toEqual({ notificationPreferences: off });
    const { updateNotificationPreferences } = await as(reader).get(PREFER, { digest: 'DAILY' });
    expect(updateNotificationPreferences).toEqual({
      digest: 'DAILY',
      nextDigestAt: expect.any(String),
    });
    await as(reader).get(PREFER, { digest: 'OFF' });
    expect(await as(reader).get(ASK)).toEqual({ notificationPreferences: off });
  });

  it.each(['Pacific/Auckland', 'America/St_Johns', 'Europe/Oslo'])(
    'are due at five in the afternoon of the reader, on Fridays when weekly: %s',
    async (timezone) => {
      const reader = await talegraph.factory.newReader();
      await as(reader).get(
        'mutation ($timezone: String!) { updateProfile(input: { timezone: $timezone }) { id } }',
        { timezone },
      );
      for (const [digest, days] of [
        ['DAILY', 1],
        ['WEEKLY', 7],
      ] as const) {
        const { updateNotificationPreferences } = await as(reader).get(PREFER, { digest });
        const next = new Date(updateNotificationPreferences.nextDigestAt);
        const local = new Intl.DateTimeFormat('en-GB', {
          timeZone: timezone,
          weekday: 'long',
          hour: '2-digit',
          minute: '2-digit',
        }).format(next);
        expect(local).toMatch(digest === 'DAILY' ? /\b17:00$/ : /^Friday.*\b17:00$/);
        const ahead = (next.getTime() - Date.now()) / 86_400_000;
        expect(ahead).toBeGreaterThan(0);
        // A day of clocks that are changed has an hour more.
        expect(ahead).toBeLessThanOrEqual(days + 1 / 24);
      }
    },
  );

  it('tell of a streak that is about to end, and of new stories to whom they may matter', async () => {
    const { factory } = talegraph;
    const reader = await preferring('DAILY');
    const followed = await factory.newAuthor('followed');
    const blocked = await factory.newAuthor('blocked');
    for (const [operation, { id }] of [
      ['followUser', followed],
      ['blockUser', blocked],
    ] as const)
      await as(reader).get(`mutation { ${operation}(userId: "${id}") { id } }`);
    const played = await factory.newStory(author, { title: 'Played', category: 'tide' });
    await play(as(reader), played, ['start']);
    await talegraph.counted();
    await streak(reader, 5, 1);
    await factory.newStory(author, { title: 'New tide', category: 'tide' });
    await factory.newStory(followed, { title: 'By a friend', category: 'ash' });
    await factory.newStory(author, { title: 'Elsewhere', category: 'ash' });
    await factory.newStory(blocked, { title: 'Kept away', category: 'tide' });
    await factory.newStory(author, { title: 'Draft', category: 'tide', published: false });
    await factory.newStory(reader, { title: 'Own', category: 'tide' });
    const { storyId } = await factory.newStory(author, { title: 'Old', category: 'tide' });
    await sql(`UPDATE stories SET published_at = now() - interval '3 days' WHERE story_id = $1`, [
      storyId,
    ]);
    await send(reader);
    const [mail, ...more] = mailsTo(reader);
    expect(more).toEqual([]);
    expect(mail!.subject).toBe('What is new for you');
    expect(mail!.body).toContain('Your streak of 5 days ends today, unless you play.');
    const told = [...mail!.body.matchAll(/^“(.*)” by (\w+) \((\w+)\):\r$/gm)].map((match) =>
      match.slice(1),
    );
    expect(told).toEqual([
      ['By a friend', 'followed', 'ash'],
      ['New tide', 'mara', 'tide'],
    ]);
  });

  it('are sent once each time, and not at all where nothing is new', async () => {
    const [kept, played, short, broken] = [
      await preferring('DAILY'),
      await preferring('WEEKLY'),
      await preferring('DAILY'),
      await preferring('DAILY'),
    ];
    await streak(kept, 2, 1);
    await streak(played, 9, 0);
    await streak(short, 1, 1);
    await streak(broken, 9, 2);
    await send(kept, played, short, broken);
    await talegraph.app.get(Digests).queueDue();
    await mailJobsAre(talegraph.database, 'completed');
    expect([kept, played, short, broken].map((person) => mailsTo(person).length)).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it('are sent no more after one click in one of them', async () => {
    const reader = await preferring('WEEKLY');
    await streak(reader, 3, 1);
    await send(reader);
    const url = mailsTo(reader)[0]!.unsubscribe.replace(
      'https://stories.example.org',
      talegraph.url,
    );
    expect(await (await fetch(url, { method: 'POST' })).text()).toContain(
      'You get no more mails about what is new.',
    );
    expect((await as(reader).get(ASK)).notificationPreferences.digest).toBe('OFF');
    await send(reader);
    expect(mailsTo(reader)).toHaveLength(1);
  });
});
