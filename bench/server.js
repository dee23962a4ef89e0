/** The built server with its embedded PostgreSQL in a folder of its own, as the benchmarks ask it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Server {
  /** @param kept the folder of the data; a temporary one, which goes with the server, when left out */
  static async start(kept) {
    const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'talegraph-bench-'));
    const port = await freePort();
    const child = spawn(process.execPath, [join(root, 'dist', 'src', 'main.js')], {
      cwd: root,
      env: {
        ...env,
        ...{ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', SEED_SAMPLES: 'false' },
        PUBLIC_URL: `http://127.0.0.1:${port}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('is ready') && resolve());
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    });
    const url = `http://127.0.0.1:${port}`;
    return Object.assign(new Server(), { child, dataDir, isKept: kept !== undefined, url });
  }

  async ask(query, variables = {}, token = this.token) {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors).slice(0, 2000));
    return data;
  }

  /** Imports a document of stories. @returns their ids, in its order */
  async importStories(document) {
    const body = JSON.stringify(document);
    const { requestUpload } = await this.ask(
      `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { id url method headers { name value } } }`,
      { input: { kind: 'IMPORT', filename: 'stories.json', size: Buffer.byteLength(body) } },
    );
    const { id, url, method, headers } = requestUpload;
    const sent = await fetch(url, {
      method,
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      body,
    });
    if (!sent.ok) throw new Error(`The upload was answered ${sent.status}: ${await sent.text()}`);
    const { importStories } = await this.ask(
      `mutation ($id: ID!) { importStories(input: { uploadId: $id }) { id } }`,
      { id },
    );
    for (;;) {
      const { importJob: job } = await this.ask(
        `query ($id: ID!) { importJob(id: $id) { status error stories(first: 100) { nodes { action story { id } } }
          problems { nodes { message } } } }`,
        { id: importStories.id },
      );
      const isDone = job.status === 'DONE';
      if (isDone && job.stories.nodes.every(({ story }) => story !== null))
        return job.stories.nodes.map(({ story }) => story.id);
      if (isDone || job.status === 'FAILED') throw new Error(JSON.stringify(job).slice(0, 2000));
      await sleep(50);
    }
  }

  /** The most memory that the server's process has held since the last call, in MB; undefined where Linux is not. */
  peak() {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      writeFileSync(`/proc/${this.child.pid}/clear_refs`, '5');
      return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  async stop() {
    this.child.kill('SIGTERM');
    await new Promise((resolve) => this.child.once('exit', resolve));
    if (!this.isKept) rmSync(this.dataDir, { recursive: true, force: true });
  }
}
