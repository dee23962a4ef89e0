import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { secretFile } from '../../config/config.js';
import { assertOwned, locate, ownedBy, type Locations } from './locations.js';

const MAJOR = '18';
const SUPERUSER = 'talegraph';
const DATABASE = 'talegraph';
/** The session that holds this advisory lock is the one Talegraph process that owns the cluster. */
const OWNER_LOCK = 7_418_253;
const START_TIMEOUT_MS = 60_000;
const RETRY_MS = 250;
const RECOVERY_PAUSE_MS = 2000;

/** Raised when another Talegraph process is already serving the same data folder. */
export class DataFolderInUse extends Error {}

export interface EmbeddedOptions {
  /** Extra `postgres` settings, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told of restarts after a crash. */
  readonly onEvent?: (message: string) => void;
}

/**
 * A PostgreSQL server of our own under the data folder. It is restarted when it dies, survives an unclean end of
 * this process (the next start takes it over), and belongs to one Talegraph process at a time.
 */
export class EmbeddedPostgres {
  readonly #where: Locations;
  readonly #password: string;
  #port = 0;
  #server: ChildProcess | undefined;
  #owner: pg.Client | undefined;
  #stopping = false;
  #recovery: Promise<void> | undefined;

  private constructor(
    private readonly dataDir: string,
    private readonly options: EmbeddedOptions,
  ) {
    this.#where = locate(dataDir);
    this.#password = secretFile(dataDir, 'postgres-password');
  }

  /**
   * Starts PostgreSQL on `dataDir`, making the cluster on first use.
   * @throws {DataFolderInUse} when another process owns it
   */
  static async start(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
    const embedded = new EmbeddedPostgres(dataDir, options);
    await embedded.#initialise();
    await embedded.#stopOrphan();
    embedded.#port = await freePort();
    await embedded.#launch();
    await embedded.#ensureDatabase();
    return embedded;
  }

  /**
   * The running server of another Talegraph process on `dataDir`, for a command that works beside it.
   * @returns its connection URL, or undefined when none runs
   */
  static async attach(dataDir: string): Promise<string | undefined> {
    const embedded = new EmbeddedPostgres(dataDir, {});
    const port = embedded.#recordedPort();
    if (port === undefined) return undefined;
    embedded.#port = port;
    const client = await embedded.#connect('postgres').catch(() => undefined);
    await client?.end();
    return client === undefined ? undefined : embedded.url;
  }

  /** The connection URL of the `talegraph` database. */
  get url(): string {
    return this.#urlOf(DATABASE);
  }

  /** Where the data lies. */
  get folder(): string {
    return this.#where.cluster;
  }

  /** Shuts the server down cleanly and waits until it has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#recovery;
    await this.#owner?.end().catch(() => undefined);
    const server = this.#server;
    if (server === undefined || hasEnded(server)) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  }

  #urlOf(database: string): string {
    return `postgresql://${SUPERUSER}:${this.#password}@127.0.0.1:${this.#port}/${database}`;
  }

  async #connect(database: string): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#urlOf(database),
      connectionTimeoutMillis: 2000,
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async #initialise(): Promise<void> {
    const { cluster, account } = this.#where;
    const versionFile = join(cluster, 'PG_VERSION');
    assertOwned(this.#where);
    if (existsSync(versionFile)) {
      const version = readFileSync(versionFile, 'utf8').trim();
      if (version === MAJOR) return;
      throw new Error(
        `The data in ${cluster} is of PostgreSQL ${version}, and this is ${MAJOR}. ` +
          'Move it with pg_dump and pg_restore, or point DATA_DIR to another folder.',
      );
    }
    const draft = ownedBy(account, `${cluster}.${process.pid}`);
    const passwordFile = `${draft}.password`;
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
    try {
      await this.#initdb(draft, passwordFile);
      renameSync(draft, cluster);
    } catch (error) {
      // Another process may have made the cluster meanwhile: then that one serves.
      if (!existsSync(versionFile)) throw error;
    } finally {
      rmSync(passwordFile, { force: true });
      rmSync(draft, { recursive: true, force: true });
    }
  }

  async #initdb(folder: string, passwordFile: string): Promise<void> {
    const initdb = this.#spawn('initdb', [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
    ]);
    const complaint = collect(initdb);
    const code = await exitOf(initdb);
    if (code !== 0) throw new Error(`PostgreSQL could not make its cluster:\n${complaint()}`);
  }

  /** Ends a server whose Talegraph process was killed; one whose process lives is left alone. */
  async #stopOrphan(): Promise<void> {
    const port = this.#recordedPort();
    if (port === undefined) return;
    this.#port = port;
    const client = await this.#connect('postgres').catch(() => undefined);
    if (client === undefined) return;
    const { rows } = await client.query<{ free: boolean }>(
      `SELECT pg_try_advisory_lock(${OWNER_LOCK}) AS free`,
    );
    await client.end();
    if (rows[0]?.free !== true) {
      throw new DataFolderInUse(
        `Another Talegraph process is using ${this.dataDir}. Stop it first, or give this one its own DATA_DIR.`,
      );
    }
    const stop = this.#spawn('pg_ctl', ['stop', '-D', this.#where.cluster, '-m', 'fast', '-w']);
    const complaint = collect(stop);
    if ((await exitOf(stop)) !== 0) {
      throw new Error(
        `A PostgreSQL left from an earlier run could not be stopped:\n${complaint()}`,
      );
    }
  }

  /** Starts the server and waits until it answers; a crashed one's remains may take moments to clear. */
  async #launch(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    let lastComplaint = '';
    for (;;) {
      const server = this.#spawn('postgres', this.#serverArguments());
      const complaint = collect(server);
      const ended = exitOf(server);
      const owner = await this.#waitUntilItAnswers(ended, deadline);
      if (owner !== undefined) {
        this.#server = server;
        this.#owner = owner;
        void ended.then(() => {
          if (!this.#stopping) this.#recovery = this.#recover();
        });
        return;
      }
      if (
        /lock file "postmaster.pid" already exists/.test(complaint()) &&
        !complaint().includes('shared memory')
      ) {
        throw new DataFolderInUse(
          `Another PostgreSQL is running on ${this.#where.cluster}. Stop it first, or use another DATA_DIR.`,
        );
      }
      if (!hasEnded(server)) server.kill('SIGQUIT');
      lastComplaint = complaint() || lastComplaint;
      if (Date.now() > deadline) {
        const log = join(this.#where.cluster, 'log');
        throw new Error(`PostgreSQL did not start (its log is in ${log}):\n${lastComplaint}`);
      }
      await sleep(RETRY_MS);
    }
  }

  /** @returns the session that owns the cluster, or undefined when the server ended or did not answer in time */
  async #waitUntilItAnswers(
    ended: Promise<unknown>,
    deadline: number,
  ): Promise<pg.Client | undefined> {
    const over = new AbortController();
    void ended.then(() => {
      over.abort();
    });
    while (!over.signal.aborted && Date.now() < deadline) {
      const owner = await this.#own();
      if (owner !== undefined) return owner;
      await sleep(RETRY_MS / 5);
    }
    return undefined;
  }

  /** Starts the server again until it runs, or until {@link stop}. */
  async #recover(): Promise<void> {
    this.#tell('PostgreSQL ended unexpectedly; restarting it');
    while (!this.#stopping) {
      try {
        await this.#launch();
        this.#tell('PostgreSQL is back');
        return;
      } catch (error) {
        this.#tell(`PostgreSQL could not be restarted; trying again: ${String(error)}`);
        await sleep(RECOVERY_PAUSE_MS);
      }
    }
  }

  /** Takes the owner's lock again when its session is lost and the server is not, as after a crash of one backend. */
  async #keepOwning(): Promise<void> {
    while (!this.#stopping && this.#server !== undefined && !hasEnded(this.#server)) {
      const owner = await this.#own();
      if (owner !== undefined) {
        this.#owner = owner;
        return;
      }
      await sleep(RETRY_MS);
    }
  }

  /** @returns a session that holds the owner's lock, or undefined when the server does not answer */
  async #own(): Promise<pg.Client | undefined> {
    const client = await this.#connect('postgres').catch(() => undefined);
    try {
      await client?.query(`SELECT pg_advisory_lock(${OWNER_LOCK})`);
      client?.once('end', () => void this.#keepOwning());
      return client;
    } catch {
      await client?.end();
      return undefined;
    }
  }

  #tell(message: string): void {
    this.options.onEvent?.(message);
  }

  async #ensureDatabase(): Promise<void> {
    const { rowCount } = await this.#owner!.query('SELECT FROM pg_database WHERE datname = $1', [
      DATABASE,
    ]);
    if (rowCount === 0) await this.#owner!.query(`CREATE DATABASE ${DATABASE}`);
  }

  /** The port in `postmaster.pid`, whose fourth line it is. */
  #recordedPort(): number | undefined {
    const path = join(this.#where.cluster, 'postmaster.pid');
    if (!existsSync(path)) return undefined;
    const port = Number(readFileSync(path, 'utf8').split('\n')[3]);
    return Number.isInteger(port) && port > 0 ? port : undefined;
  }

  #serverArguments(): string[] {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(this.#port),
      unix_socket_directories: '',
      max_connections: '200',
      logging_collector: 'on',
      log_filename: 'postgresql-%a.log',
      log_truncate_on_rotation: 'on',
      log_rotation_age: '1d',
      ...this.options.settings,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return ['-D', this.#where.cluster, ...flags];
  }

  #spawn(program: string, args: string[]): ChildProcess {
    const { bin, cluster, account } = this.#where;
    return spawn(join(bin, program), args, {
      cwd: existsSync(cluster) ? cluster : '/',
      // Its own process group: Ctrl-C reaches Talegraph alone, which then stops PostgreSQL last.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...(account && { uid: account.uid, gid: account.gid }),
    });
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => {
      resolve(null);
    });
  });
}

/** @returns what the child has printed so far, its last 4,000 characters */
function collect(child: ChildProcess): () => string {
  let text = '';
  const append = (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4000));
  child.stdout?.on('data', append);
  child.stderr?.on('data', append);
  child.once('error', (error) => append(Buffer.from(error.message)));
  return () => text.trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
