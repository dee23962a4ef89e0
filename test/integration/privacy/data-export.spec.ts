import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataExportLinks } from '../../../src/privacy/data-exports/data-export.links.js';
import { Storage } from '../../../src/media/storage/storage.js';
import { DataExportService } from '../../../src/privacy/data-exports/data-export.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Person } from '../../support/factory.js';
import { Player } from '../../support/player.js';
import { storedFiles } from '../../support/uploading.js';

const REQUEST = 'mutation { requestDataExport { id status } }';
const CORRECT = `mutation ($userId: ID!, $input: UpdateUserStatsInput!) {
  updateUserStats(userId: $userId, input: $input) { xp }
}`;
const LIST = '{ dataExports { id status size url expiresAt } }';

describe('data exports', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const as = ({ token }: Person) => talegraph.client.as(token);

  async function exported(person: Person) {
    await as(person).get(REQUEST);
    for (;;) {
      const { dataExports } = await as(person).get(LIST);
      const [{ status, url }] = dataExports;
      expect(status).not.toBe('FAILED');
      // The server of the test listens on a port of its own.
      if (status === 'DONE')
        return {
          ...dataExports[0],
          url: `${talegraph.url}${url.slice(new URL(url).origin.length)}`,
        };
      await setTimeout(50);
    }
  }

  it('hold all that is kept of somebody, and nothing that no reader may see', async () => {
    const { factory, client } = talegraph;
    const author = await factory.newAuthor();
    const story = await factory.newStory(author, { title: 'Mine', nodes: { a: ['b'], b: [] } });
    const reader = await factory.newAuthor();
    const draft = await factory.newStory(reader, { title: 'My draft', published: false });
    await factory.comment(draft, reader, 'start');
    const player = new Player(client, reader, story);
    const { id } = await player.start();
    await player.choose(id, 0, ['a', 'b']);
    await talegraph.counted();
    await as(await factory.newAdmin()).get(CORRECT, {
      userId: reader.id,
      input: { reason: 'Counted by hand.', totalChoicesMade: 2 },
    });

    const { url, size } = await exported(reader);
    const answer = await fetch(url);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(answer.headers.get('content-disposition')).toContain('talegraph-data.json');
    expect(Buffer.byteLength(text)).toBe(size);
    const data = JSON.parse(text);
    expect(data).toMatchObject({
      format: 'talegraph-personal-data',
      account: {
        ...{ id: reader.id, username: reader.username },
        ...{ emailConfirmedAt: expect.any(String), hideFromLeaderboards: false },
      },
      sessions: [{ revokedAt: null }],
      playthroughs: [
        {
          id,
          story: 'Mine',
          isCompleted: true,
          steps: [{ step: 0, choiceId: story.choice('a', 'b'), toNodeId: story.node('b') }],
        },
      ],
      days: [{ choices: 3, finishes: 1 }],
      corrections: [{ reason: 'Counted by hand.', choices: 2, xp: 0 }],
      comments: [{ story: 'My draft', text: 'On start.' }],
    });
    expect(data.stories).toMatchObject([{ stories: [{ title: 'My draft' }] }]);
    expect(text).not.toContain('seed');
    expect(text).not.toContain('"state"');
    expect(text).not.toContain(author.username);
  });

  it('are asked for once at a time, and three are kept', async () => {
    const person = await talegraph.factory.newReader();
    const [first, second] = await Promise.all([as(person).get(REQUEST), as(person).get(REQUEST)]);
    expect(first.requestDataExport.id).toBe(second.requestDataExport.id);
    for (let i = 0; i < 3; i++) await exported(person);
    const refused = await as(person).fail(REQUEST);
    expect(refused.extensions.code).toBe('RATE_LIMITED');
  });

  it('are nobody else’s: links are signed, and end', async () => {
    const [person, other] = [
      await talegraph.factory.newReader(),
      await talegraph.factory.newReader(),
    ];
    const { id, url } = await exported(person);
    expect((await as(other).get(LIST)).dataExports).toEqual([]);
    const token = new URL(url).searchParams.get('token')!;
    const key = Number(id.split('_')[1]);
    const tenMinutesAgo = Date.now() - 600_001;
    for (const altered of [
      token.replace(/^\d+/, String(key + 1)),
      token.replace(/\.\d+\./, `.${Date.now() * 2}.`),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      new URL(talegraph.app.get(DataExportLinks).make(key, tenMinutesAgo)).searchParams.get(
        'token',
      ),
      'undefined',
      '',
    ]) {
      const answer = await fetch(`${talegraph.url}/data-exports?token=${altered}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await fetch(url)).status).toBe(200);
  });

  it('are gone after seven days, with their files', async () => {
    const person = await talegraph.factory.newReader();
    const { url } = await exported(person);
    const before = Object.keys(storedFiles(talegraph)).length;
    await talegraph.database.query(
      `UPDATE data_exports SET created_at = now() - interval '7 days 1 minute'
       WHERE user_id = $1`,
      [person.viewer.userId],
    );
    await talegraph.app.get(DataExportService).sweep();
    expect((await as(person).get(LIST)).dataExports).toEqual([]);
    expect((await fetch(url)).status).toBe(404);
    expect(Object.keys(storedFiles(talegraph))).toHaveLength(before - 1);
  });

  it('leave no file behind that is written while it is deleted', async () => {
    const person = await talegraph.factory.newReader();
    const storage = talegraph.app.get(Storage);
    const remove = storage.delete.bind(storage);
    const putStream = storage.putStream.bind(storage);
    const opened = Promise.withResolvers<unknown>();
    const removed = Promise.withResolvers<unknown>();
    try {
      storage.putStream = async (...file) => {
        opened.resolve(true);
        await removed.promise;
        await putStream(...file);
      };
      storage.delete = async (key) => {
        await remove(key);
        storage.delete = remove;
        removed.resolve(true);
        // Time for the writer to say that the file is done.
        await setTimeout(500);
      };
      await as(person).get(REQUEST);
      await opened.promise;
      const before = Object.keys(storedFiles(talegraph));
      await talegraph.app.get(DataExportService).deleteOf(person.viewer.userId);
      const waiting = `SELECT FROM pgboss.job WHERE name = 'export-data' AND state <> 'completed'`;
      while ((await talegraph.database.query(waiting)).length > 0) await setTimeout(50);
      expect(Object.keys(storedFiles(talegraph))).toEqual(before);
    } finally {
      Object.assign(storage, { delete: remove, putStream });
    }
  });
});
