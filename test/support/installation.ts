import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
// Numbers are read as the server reads them, whichever tests its worker has run before.
import '../../src/database/data-source.js';
import { projectRoot } from '../../src/config/project-root.js';
import { newDataDir, removeDataDir } from './data-dir.js';
import { newTestDatabase } from './database.js';
import { ServerProcess } from './server-process.js';

/** A built server on a database that outlives it, and that the test can look into. */
export class Installation {
  private constructor(
    private readonly dataDir: string,
    private readonly database: Awaited<ReturnType<typeof newTestDatabase>>,
    readonly sql: DataSource,
    private readonly env: Record<string, string>,
    /** The one that runs, or ran last. */
    public server: ServerProcess,
  ) {}

  /** @param env settings of its servers beside the database */
  static async start(env: Record<string, string> = {}): Promise<Installation> {
    const dataDir = newDataDir();
    const database = await newTestDatabase();
    const sql = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const server = await spawn(dataDir, { ...env, DATABASE_URL: database.url });
    return new Installation(dataDir, database, sql, env, server);
  }

  /** Starts the next server, once the last one has ended. */
  async next(): Promise<void> {
    this.server = await spawn(this.dataDir, { ...this.env, DATABASE_URL: this.database.url });
  }

  /** Runs a command beside the server. @returns what it prints */
  async command(...args: readonly string[]): Promise<string> {
    const program = join(projectRoot, 'dist', 'src', 'cli.js');
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
      env: { ...process.env, DATA_DIR: this.dataDir, DATABASE_URL: this.database.url },
    });
    return stdout;
  }

  async stop(): Promise<void> {
    await this.server.kill('SIGTERM');
    await this.sql.destroy();
    await this.database.drop();
    removeDataDir(this.dataDir);
  }
}

const spawn = async (dataDir: string, env: Record<string, string>): Promise<ServerProcess> =>
  (await ServerProcess.spawn(dataDir, env)).ready();
