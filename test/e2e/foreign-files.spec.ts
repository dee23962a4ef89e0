import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/config/project-root.js';
import { locate } from '../../src/database/embedded/locations.js';
import { accountForPostgres, canEnter, type Account } from '../../src/database/embedded/run-as.js';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { ServerProcess } from '../support/server-process.js';

const other = accountForPostgres();
const canShare = other !== undefined && canEnter(other, projectRoot);

/** Root alone can make files of two users; they are what a copy without owners leaves. */
(canShare ? describe : describe.skip)('a server whose files are another user’s', () => {
  const { name, uid, gid } = other ?? ({} as Account);
  let dataDir: string;
  beforeEach(() => {
    dataDir = newDataDir();
    chmodSync(dataDir, 0o755);
  });
  afterEach(() => {
    removeDataDir(dataDir);
  });

  const complaint = (path: string, owner: string | number, folder: string) =>
    `${path} must be owned and usable by "${owner}", and is not. Run "chown -R ${owner} ${folder}" as root.`;

  const refusal = async (...how: Parameters<typeof ServerProcess.spawn>) => {
    const server = await ServerProcess.spawn(...how);
    expect(await server.ended()).toBe(1);
    return server.output;
  };

  it('names the data of PostgreSQL, and starts once that is handed over', async () => {
    const { cluster } = locate(dataDir);
    const version = join(cluster, 'PG_VERSION');
    const first = await (await ServerProcess.spawn(dataDir)).ready();
    await first.kill('SIGTERM');
    chownSync(version, 0, 0);
    expect(await refusal(dataDir)).toContain(complaint(version, name, cluster));
    chownSync(version, uid, gid);
    const next = await (await ServerProcess.spawn(dataDir)).ready();
    await next.kill('SIGTERM');
  }, 60_000);

  it('names the secrets, and the folder before there are any', async () => {
    expect(await refusal(dataDir, {}, { uid, gid })).toContain(complaint(dataDir, uid, dataDir));
    const secret = join(dataDir, 'jwt-secret');
    writeFileSync(secret, 'secret', { mode: 0o600 });
    chownSync(dataDir, uid, gid);
    expect(await refusal(dataDir, {}, { uid, gid })).toContain(complaint(secret, uid, dataDir));
  });

  it('names the media, unless a bucket has them', async () => {
    const media = join(dataDir, 'media');
    mkdirSync(media, { mode: 0o755 });
    chownSync(dataDir, uid, gid);
    const account = { uid, gid };
    expect(await refusal(dataDir, {}, account)).toContain(complaint(media, uid, dataDir));
    const STORAGE_URL = 's3://key:secret@127.0.0.1:1/bucket';
    const server = await (await ServerProcess.spawn(dataDir, { STORAGE_URL }, account)).ready();
    await server.kill('SIGTERM');
  }, 60_000);
});
