/**
 * What authors of a large story wait for, measured on the built server with its embedded PostgreSQL: import, opening the
 * draft page by page, a part of the map, validation, publication, export to each format. While each goes on, another
 * client asks for a list again and again: what that client waits is what the work holds others up.
 * Run with `npm run bench:large`, and `-- --nodes 1000 --rounds 1` for less.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
  },
});
const NODES = Number(values.nodes);
const ROUNDS = Number(values.rounds);
const PROBE_EVERY = 20;
const FORMATS = ['TALEGRAPH_JSON', 'CSV', 'TWEE', 'TWINE_HTML', 'TWINE_JSON', 'DOT', 'HTML'];

const root = join(import.meta.dirname, '..');
const words = 'the lamp of a harbour under rain keeps its own hours and nobody asks why '.repeat(
  14,
);

/** A story in which each node leads on to two or three nearby, with rules here and there. */
function storyOf(count, slug) {
  const keyOf = (i) => `n${i}`;
  return {
    format: 'talegraph',
    version: 1,
    stories: [
      {
        slug,
        title: `A large story, ${slug}`,
        schema: {
          variables: Array.from({ length: 20 }, (_, i) => ({
            ...{ name: `v${i}`, type: 'int', initial: 0, min: 0, max: 9 },
          })),
          items: [{ key: 'lamp', name: 'Lamp', max: 3 }],
        },
        nodes: Array.from({ length: count }, (_, i) => {
          const isEnding = i % 500 === 499 || i === count - 1;
          const targets = [i + 1, i + 2 + (i % 7), Math.max(0, i - 3)].slice(
            0,
            i % 2 === 0 ? 3 : 2,
          );
          return {
            key: keyOf(i),
            title: `Node ${i}`,
            content: `${words}\n\nYou hold {{ v${i % 20} }}. ${i}`,
            type: isEnding ? 'ending' : 'choice',
            ...(i === 0 && { start: true }),
            ...(isEnding && { endingKind: 'neutral' }),
            ...(i % 5 === 0 && {
              effects: [{ op: 'add', target: `v${i % 20}`, value: '1' }],
            }),
            position: { x: (i % 100) * 200, y: Math.floor(i / 100) * 150 },
            chapter: `Chapter ${Math.floor(i / 500) + 1}`,
            ...(!isEnding && {
              choices: targets.map((to, place) => ({
                text: `Way ${place}`,
                to: keyOf(Math.min(to, count - 1)),
                ...(place === 1 && i % 4 === 1 && { condition: `v${i % 20} < 9` }),
              })),
            }),
          };
        }),
      },
    ],
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

class Server {
  static async start() {
    const dataDir = mkdtempSync(join(tmpdir(), 'talegraph-bench-'));
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
    return Object.assign(new Server(), { child, dataDir, url: `http://127.0.0.1:${port}` });
  }

  async ask(query, variables = {}) {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors).slice(0, 2000));
    return data;
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
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Asks for a small list again and again while `work` goes on. @returns its result, its time, and how long each ask took */
async function probed(server, work) {
  let goesOn = true;
  const waits = [];
  const probe = (async () => {
    while (goesOn) {
      const began = performance.now();
      await server.ask('{ storyCategories { name } }');
      waits.push(performance.now() - began);
      await sleep(PROBE_EVERY);
    }
  })();
  const began = performance.now();
  const result = await work().finally(() => (goesOn = false));
  const time = performance.now() - began;
  await probe;
  waits.sort((a, b) => a - b);
  return { result, time, worst: waits.at(-1), p99: waits[Math.floor(waits.length * 0.99)] };
}

async function importStory(server, slug) {
  const body = JSON.stringify(storyOf(NODES, slug));
  const { requestUpload } = await server.ask(
    `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { id url method headers { name value } } }`,
    { input: { kind: 'IMPORT', filename: 'large.json', size: Buffer.byteLength(body) } },
  );
  const { id, url, method, headers } = requestUpload;
  const sent = await fetch(url, {
    method,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body,
  });
  if (!sent.ok) throw new Error(`The upload was answered ${sent.status}: ${await sent.text()}`);
  const { importStories } = await server.ask(
    `mutation ($id: ID!) { importStories(input: { uploadId: $id }) { id } }`,
    { id },
  );
  for (;;) {
    const { importJob: job } = await server.ask(
      `query ($id: ID!) { importJob(id: $id) { status error stories { nodes { action story { id } } } problems { nodes { message } } } }`,
      { id: importStories.id },
    );
    if (job.status === 'DONE') return job.stories.nodes[0].story.id;
    if (job.status === 'FAILED') throw new Error(JSON.stringify(job));
    await sleep(50);
  }
}

async function openPages(server, id) {
  let after = null;
  let count = 0;
  do {
    const { story } = await server.ask(
      `query ($id: ID!, $after: String) { story(id: $id) { draft { nodes(first: 100, after: $after) {
        nodes { key title choices { text toNode { key } } } pageInfo { hasNextPage endCursor } } } } }`,
      { id, after },
    );
    const { nodes, pageInfo } = story.draft.nodes;
    count += nodes.length;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  if (count !== NODES) throw new Error(`${count} of ${NODES} nodes came back.`);
}

async function exportStory(server, id, format) {
  const { exportStory: file } = await server.ask(
    `query ($id: ID!) { exportStory(storyId: $id, format: ${format}) { url size } }`,
    { id },
  );
  const bytes = (await (await fetch(file.url)).arrayBuffer()).byteLength;
  if (bytes !== file.size) throw new Error(`${format}: ${bytes} bytes of ${file.size}.`);
  return bytes;
}

const STEPS = [
  ['open, 100 nodes a page', (server, id) => openPages(server, id)],
  [
    'a part of the map',
    (server, id) =>
      server.ask(
        `query ($id: ID!) { story(id: $id) { map(x: 2000, y: 1500, width: 2000, height: 1500) {
          nodes(first: 100) { totalCount nodes { key } } } } }`,
        { id },
      ),
  ],
  [
    'validate',
    (server, id) =>
      server.ask('query ($id: ID!) { validateStory(storyId: $id) { isValid } }', { id }),
  ],
  [
    'publish',
    (server, id) =>
      server.ask(
        'mutation ($id: ID!) { publishStory(id: $id, input: { publishAnyway: true }) { id } }',
        { id },
      ),
  ],
  ...FORMATS.map((format) => [`export ${format}`, (server, id) => exportStory(server, id, format)]),
];

const server = await Server.start();
try {
  const { register } = await server.ask(
    `mutation { register(input: { username: "bench", email: "bench@example.org", password: "correct horse battery" }) { accessToken } }`,
  );
  server.token = register.accessToken;
  const seen = new Map();
  const note = (step, { time, worst, p99 }) => {
    const rows = seen.get(step) ?? [];
    seen.set(step, rows);
    rows.push({ time, worst, p99, peak: server.peak() });
  };
  for (let round = 0; round < ROUNDS; round++) {
    server.peak();
    const imported = await probed(server, () => importStory(server, `large-${round}`));
    note('import', imported);
    for (const [step, work] of STEPS) {
      note(step, await probed(server, () => work(server, imported.result)));
    }
  }
  console.log(
    `${NODES} nodes, medians of ${ROUNDS} rounds; others wait: worst of all rounds, 99th percentile\n`,
  );
  for (const [step, rows] of seen) {
    const peak = rows.every((row) => row.peak)
      ? `${Math.round(Math.max(...rows.map((row) => row.peak)))} MB`
      : '';
    const worst = `${Math.round(Math.max(...rows.map((row) => row.worst)))} ms`;
    const p99 = `${Math.round(median(rows.map((row) => row.p99)))} ms`;
    console.log(
      [
        step.padEnd(24),
        seconds(median(rows.map((row) => row.time))).padStart(9),
        worst.padStart(9),
        p99.padStart(9),
        peak.padStart(9),
      ].join('  '),
    );
  }
} finally {
  await server.stop();
}
