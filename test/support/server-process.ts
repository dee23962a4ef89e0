import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { GraphqlClient } from './graphql-client.js';

const SERVER = ['main.js'];
const WORKER = ['cli.js', 'worker'];

/** The built server as a process of its own, with its embedded PostgreSQL: what `npm start` runs. Or a worker. */
export class ServerProcess {
  #output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly readyLine: string,
  ) {
    const collect = (chunk: Buffer) => (this.#output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  /** Starts it on `dataDir`. Does not wait: see {@link ready}. */
  static spawn(
    dataDir: string,
    env: Record<string, string> = {},
    account?: { uid: number; gid: number },
  ): Promise<ServerProcess> {
    return ServerProcess.#spawn(SERVER, 'Talegraph is ready.', dataDir, env, account);
  }

  /** As {@link spawn}, a worker; it needs `DATABASE_URL`. */
  static spawnWorker(dataDir: string, env: Record<string, string>): Promise<ServerProcess> {
    return ServerProcess.#spawn(WORKER, 'Talegraph works.', dataDir, env);
  }

  /** Starts a command of the command line, which may be one that does not end. */
  static spawnCommand(
    command: readonly string[],
    dataDir: string,
    env: Record<string, string>,
  ): Promise<ServerProcess> {
    return ServerProcess.#spawn(['cli.js', ...command], '', dataDir, env);
  }

  static async #spawn(
    [program, ...args]: readonly string[],
    readyLine: string,
    dataDir: string,
    env: Record<string, string>,
    account?: { uid: number; gid: number },
  ): Promise<ServerProcess> {
    const port = await freePort();
    const { DATABASE_URL: _, JWT_SECRET: __, NODE_ENV: ___, ...inherited } = process.env;
    const child = spawn(process.execPath, [join(projectRoot, 'dist', 'src', program!), ...args], {
      cwd: projectRoot,
      env: {
        ...inherited,
        DATA_DIR: dataDir,
        PORT: String(port),
        LOG_LEVEL: 'warn',
        SEED_SAMPLES: 'false',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account,
    });
    return new ServerProcess(child, `http://127.0.0.1:${port}`, readyLine);
  }

  get client(): GraphqlClient {
    return new GraphqlClient(this.url);
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves when it serves. @throws with its output when it ends instead */
  async ready(): Promise<this> {
    await Promise.race([
      this.printed(this.readyLine),
      this.ended().then((code) => {
        throw new Error(`The server ended with ${code}:\n${this.#output}`);
      }),
    ]);
    return this;
  }

  async printed(text: string): Promise<void> {
    while (!this.#output.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** @returns the exit code, or the name of the signal that ended it */
  ended(): Promise<number | string> {
    const { exitCode, signalCode } = this.child;
    const how = exitCode ?? signalCode;
    if (how !== null) return Promise.resolve(how);
    return new Promise((resolve) =>
      this.child.once('exit', (code, signal) => {
        resolve(code ?? signal ?? 'unknown');
      }),
    );
  }

  /** @returns how it ended */
  async kill(signal: NodeJS.Signals): Promise<number | string> {
    this.child.kill(signal);
    return this.ended();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
