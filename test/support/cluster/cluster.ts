import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../server-process.js';
import { Daemon } from './daemon.js';
import { account, missingProgram, programPath } from './debian.js';

const PROGRAMS = ['initdb', 'pg_basebackup', 'postgres'];

/** What keeps a test from starting a cluster here; undefined when nothing does. */
export const missingForCluster = (): string | undefined => missingProgram(PROGRAMS);

/** A PostgreSQL with a streaming replica, from Debian's packages. */
export class Cluster {
  private constructor(
    readonly primary: Daemon,
    readonly replica: Daemon,
  ) {}

  /** @param folder an empty one, which all accounts may enter */
  static async start(folder: string): Promise<Cluster> {
    const primary = await newPrimary(join(folder, 'primary'));
    await primary.start();
    run('createdb', '-h', '127.0.0.1', '-p', String(primary.port), '-U', 'talegraph', 'talegraph');
    const replica = await newReplica(join(folder, 'replica'), primary.port);
    await replica.start();
    return new Cluster(primary, replica);
  }

  get url(): string {
    return urlAt(this.primary.port);
  }

  get replicaUrl(): string {
    return urlAt(this.replica.port);
  }

  async stop(): Promise<void> {
    await this.replica.kill('SIGTERM');
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
