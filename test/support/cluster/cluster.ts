import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../server-process.js';
import { Daemon } from './daemon.js';
import { account, missingProgram, programPath } from './debian.js';

const PROGRAMS = ['initdb', 'pg_basebackup', 'postgres', 'pgbouncer', 'redis-server'];

/** What keeps a test from starting a cluster here; undefined when nothing does. */
export const missingForCluster = (): string | undefined => missingProgram(PROGRAMS);

/** How many connections PgBouncer keeps to the primary, for all instances together. */
const POOL = 20;

/**
 * What several instances share, from Debian's packages: a PostgreSQL with a streaming replica, PgBouncer in transaction mode
 * before the primary, and Redis.
 */
export class Cluster {
  private constructor(
    readonly primary: Daemon,
    readonly replica: Daemon,
    readonly pooler: Daemon,
    readonly redis: Daemon,
  ) {}

  /** @param folder an empty one, which all accounts may enter */
  static async start(folder: string): Promise<Cluster> {
    const primary = await newPrimary(join(folder, 'primary'));
    await primary.start();
    run('createdb', '-h', '127.0.0.1', '-p', String(primary.port), '-U', 'talegraph', 'talegraph');
    const replica = await newReplica(join(folder, 'replica'), primary.port);
    const pooler = await newPooler(join(folder, 'pgbouncer'), primary.port);
    const redisPort = await freePort();
    const redis = new Daemon(
      programPath('redis-server')!,
      ['--port', String(redisPort), '--save', '', '--appendonly', 'no', '--dir', folder],
      redisPort,
    );
    await Promise.all([replica.start(), pooler.start(), redis.start()]);
    return new Cluster(primary, replica, pooler, redis);
  }

  /** Through PgBouncer. */
  get url(): string {
    return urlAt(this.pooler.port);
  }

  /** The primary itself. */
  get directUrl(): string {
    return urlAt(this.primary.port);
  }

  get replicaUrl(): string {
    return urlAt(this.replica.port);
  }

  get redisUrl(): string {
    return `redis://127.0.0.1:${this.redis.port}`;
  }

  async stop(): Promise<void> {
    await Promise.all([this.pooler, this.redis, this.replica].map((one) => one.kill('SIGTERM')));
    await this.primary.kill('SIGINT');
  }
}

const urlAt = (port: number) => `postgresql://talegraph@127.0.0.1:${port}/talegraph`;

const run = (program: string, ...args: string[]) =>
  execFileSync(programPath(program)!, args, { stdio: 'pipe', ...account() });

function newFolder(folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  const owner = account();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
}

const postgres = (folder: string, port: number) =>
  new Daemon(
    programPath('postgres')!,
    ['-D', folder, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
    port,
  );

async function newPrimary(folder: string): Promise<Daemon> {
  newFolder(folder);
  run('initdb', '-D', folder, '-A', 'trust', '-U', 'talegraph', '-E', 'UTF8', '--locale=C');
  appendFileSync(
    join(folder, 'postgresql.conf'),
    'max_connections = 200\nwal_level = replica\nwal_keep_size = 256MB\nmax_wal_senders = 5\n',
  );
  return postgres(folder, await freePort());
}

async function newReplica(folder: string, primaryPort: number): Promise<Daemon> {
  newFolder(folder);
  const source = ['-h', '127.0.0.1', '-p', String(primaryPort), '-U', 'talegraph'];
  run('pg_basebackup', ...source, '-D', folder, '-R', '-X', 'stream', '-c', 'fast');
  return postgres(folder, await freePort());
}

async function newPooler(folder: string, primaryPort: number): Promise<Daemon> {
  newFolder(folder);
  const port = await freePort();
  const settings = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  writeFileSync(users, '"talegraph" ""\n');
  writeFileSync(
    settings,
    `[databases]
talegraph = host=127.0.0.1 port=${primaryPort} dbname=talegraph
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${POOL}
max_client_conn = 500
ignore_startup_parameters = extra_float_digits,options
`,
  );
  return new Daemon(programPath('pgbouncer')!, [settings], port);
}
