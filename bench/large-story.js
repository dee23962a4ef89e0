/**
 * What authors of a large story wait for, measured on the built server with its embedded PostgreSQL: import, opening the
 * draft page by page, a part of the map, validation, publication, export to each format. While each goes on, another
 * client asks for a list again and again: what that client waits is what the work holds others up.
 * Run with `npm run bench:large`, and `-- --nodes 1000 --rounds 1` for less.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Server, median } from './server.js';

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

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

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
    const imported = await probed(server, () =>
      server.importStories(storyOf(NODES, `large-${round}`)),
    );
    note('import', imported);
    for (const [step, work] of STEPS) {
      note(step, await probed(server, () => work(server, imported.result[0])));
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
