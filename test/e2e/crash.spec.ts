import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { PersistentReader, publishLoop } from '../support/persistent-reader.js';
import { ServerProcess } from '../support/server-process.js';

const READERS = 8;

describe('a crash in a stream of choices', () => {
  let dataDir: string;
  let server: ServerProcess;
  let storyId: string;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir)).ready();
    ({ storyId } = await publishLoop(server.client));
  }, 60_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  const playThrough = async (crash: () => Promise<void>) => {
    const readers = await Promise.all(
      Array.from({ length: READERS }, () => PersistentReader.start(server.client, storyId)),
    );
    const playing = readers.map((reader) => reader.playOn(() => server.client));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await crash();
    const soFar = readers.map(({ acknowledged }) => acknowledged.length);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const reader of readers) reader.stop();
    await Promise.all(playing);
    readers.forEach(({ acknowledged }, i) => {
      expect(soFar[i]).toBeGreaterThan(0);
      expect(acknowledged.length).toBeGreaterThan(soFar[i]!);
    });
    for (const reader of readers) await reader.expectNothingLost(server.client);
  };

  it('of the server loses no acknowledged choice, and makes none twice', async () => {
    await playThrough(async () => {
      expect(await server.kill('SIGKILL')).toBe('SIGKILL');
      server = await (await ServerProcess.spawn(dataDir)).ready();
    });
  }, 120_000);

  it('of the database loses no acknowledged choice, and the server brings it back', async () => {
    await playThrough(async () => {
      const pid = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]!;
      execFileSync('kill', ['-9', pid]);
      await server.printed('PostgreSQL is back');
    });
  }, 120_000);
});
