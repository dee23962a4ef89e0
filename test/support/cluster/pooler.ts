import { mkdirSync, writeFileSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../server-process.js';
import { Daemon } from './daemon.js';
import { account, programPath } from './debian.js';

/** PgBouncer in transaction mode before a server of the tests. */
export interface Pooler {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param size how many connections it keeps to the database, for all of its clients together */
export async function startPooler(
  folder: string,
  databaseUrl: string,
  size: number,
): Promise<Pooler> {
  const { hostname, port: databasePort, username, password, pathname } = new URL(databaseUrl);
  const own = join(folder, 'pgbouncer');
  mkdirSync(own);
  const port = await freePort();
  const settings = join(own, 'pgbouncer.ini');
  const users = join(own, 'users.txt');
  writeFileSync(users, `"${username}" "${decodeURIComponent(password)}"\n`);
  writeFileSync(
    settings,
    `[databases]
* = host=${hostname} port=${databasePort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${size}
max_client_conn = 500
`,
  );
  const owner = account();
  if (owner !== undefined)
    for (const path of [own, users, settings]) chownSync(path, owner.uid, owner.gid);
  const daemon = await new Daemon(programPath('pgbouncer')!, [settings], port).start();
  return {
    url: `postgresql://${username}@127.0.0.1:${port}${pathname}`,
    stop: () => daemon.kill('SIGTERM'),
  };
}
