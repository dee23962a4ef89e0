import { chmodSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { locate } from '../../src/database/embedded/locations.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { ServerProcess } from '../support/server-process.js';

const asRoot = process.getuid?.() === 0;

describe('a server on its embedded database', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = newDataDir();
  });
  afterEach(() => {
    removeDataDir(dataDir);
  });

  it('starts on an empty folder, refuses a second server there, stops cleanly, and keeps its data', async () => {
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    const first = await (await ServerProcess.spawn(dataDir, { SEED_SAMPLES: 'true' })).ready();
    const { stories } = await first.client.get('{ stories { totalCount } }');
    expect(stories.totalCount).toBe(4);
    const { continueAsGuest } = await first.client.get(
      'mutation { continueAsGuest { accessToken user { id } } }',
    );
    expect(existsSync(pidFile)).toBe(true);

    const second = await ServerProcess.spawn(dataDir);
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain(`Another Talegraph process is using ${dataDir}.`);
    expect((await first.client.get('{ stories { totalCount } }')).stories.totalCount).toBe(4);

    expect(await first.kill('SIGINT')).not.toBe(1);
    expect(existsSync(pidFile)).toBe(false);
    expect(first.output).not.toContain('"level":50');

    const again = await (await ServerProcess.spawn(dataDir)).ready();
    const { me } = await again.client.as(continueAsGuest.accessToken).get('{ me { id } }');
    expect(me.id).toBe(continueAsGuest.user.id);
    await again.kill('SIGTERM');
    expect(existsSync(pidFile)).toBe(false);
  }, 120_000);

  (asRoot ? it : it.skip)(
    'serves root from a folder that only root may enter',
    async () => {
      chmodSync(dataDir, 0o700);
      const { cluster } = locate(dataDir);
      expect(cluster.startsWith(dataDir)).toBe(false);
      const server = await (await ServerProcess.spawn(dataDir)).ready();
      expect(await server.client.get('{ stories { totalCount } }')).toEqual({
        stories: { totalCount: 0 },
      });
      expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(true);
      await server.kill('SIGTERM');
      rmSync(dirname(cluster), { recursive: true });
    },
    60_000,
  );
});
