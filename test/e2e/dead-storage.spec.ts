import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { newTestDatabase } from '../support/database.js';
import { deadEndpoint } from '../support/faulty-storage.js';
import { ServerProcess } from '../support/server-process.js';

let dataDir: string;
let database: Awaited<ReturnType<typeof newTestDatabase>>;
beforeAll(async () => {
  dataDir = newDataDir();
  database = await newTestDatabase();
});
afterAll(async () => {
  await database.drop();
  removeDataDir(dataDir);
});

it('warns at start of a bucket that nothing answers for, and serves, and never tells the key', async () => {
  const endpoint = await deadEndpoint();
  const server = await (
    await ServerProcess.spawn(dataDir, {
      DATABASE_URL: database.url,
      STORAGE_URL: `s3://key:secret-of-the-bucket@host/stories?endpoint=${endpoint}`,
    })
  ).ready();
  await server.printed('cannot be used');
  expect(server.output).toContain(
    `The storage at ${endpoint} cannot be used (ECONNREFUSED: connect ECONNREFUSED ${new URL(endpoint).host}).`,
  );
  expect(server.output).not.toContain('secret-of-the-bucket');
  expect(await server.client.get('{ stories { totalCount } }')).toEqual({
    stories: { totalCount: 0 },
  });
  await server.kill('SIGTERM');
});
