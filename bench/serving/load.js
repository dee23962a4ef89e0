/**
 * The process that asks: it is sent one cell after another, a workload on a server for a while, and answers how many requests that
 * were, how long each took, and which choices were acknowledged.
 */
import { argv } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DIALECTS } from './asks.js';
import { Connection, requestBytes } from './http-client.js';

const PROBE_EVERY_MS = 20;
const ERRORS = Buffer.from('"errors":[');

const quantile = (sorted, part) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** Asks by one connection as one reader. */
export class Client {
  constructor(connection, dialect, token) {
    Object.assign(this, { connection, dialect, token });
  }

  static async open({ server, port }, token) {
    return new Client(await Connection.open(port), DIALECTS[server], token);
  }

  bytes(ask) {
    return requestBytes(this.dialect.request(ask), this.token);
  }

  /** @returns the body @throws unless it was answered as it should be */
  async send(bytes) {
    const { status, body } = await this.connection.ask(bytes);
    if (status !== 200 || body.includes(ERRORS))
      throw new Error(`Answered ${status}: ${body.toString().slice(0, 500)}`);
    return body;
  }

  async answer(ask) {
    const body = await this.send(this.bytes(ask));
    return this.dialect.answer(ask.op, JSON.parse(body));
  }
}

/** Reads again and again what is asked for, from another place in the list for each connection. */
function* reading(client, { asks, connections }, place) {
  const all = asks.map((ask) => client.bytes(ask));
  for (let i = Math.floor((place * all.length) / connections); ; i++)
    yield { send: () => client.send(all[i % all.length]) };
}

const among = (list) => list[Math.floor(Math.random() * list.length)];

/** Sends one choice of a playthrough, and goes on from where it leads. */
const choosing = (client, play, ways) => ({
  async send() {
    const { progress, step, node } = play;
    const way = among(ways[node]);
    const made = await client.answer({ op: 'choose', progress, step, node, choice: way.id });
    if (made.step !== step + 1 || made.node.id !== way.to)
      throw new Error(`Choice ${way.id} at step ${step} was answered ${JSON.stringify(made)}`);
    play.step = made.step;
    play.node = made.node.id;
  },
});

function* playing(client, { plays, ways }, place, made) {
  const play = { step: 0, ...plays[place] };
  made.push(play);
  for (;;) yield choosing(client, play, ways);
}

/** A reader who looks at the list and at a story, plays ten choices of it, and looks at two of its nodes again. */
function* session(client, { stories, ways }, _place, made) {
  const list = client.bytes({ op: 'list' });
  for (;;) {
    const { story, slug } = among(stories);
    yield { send: () => client.send(list) };
    yield { send: () => client.send(client.bytes({ op: 'page', slug })) };
    const play = {};
    yield {
      async send() {
        const { progressId, step, node } = await client.answer({ op: 'start', story });
        Object.assign(play, { progress: progressId, step, node: node.id });
        made.push(play);
      },
    };
    for (let i = 0; i < 10; i++) {
      if (i === 3 || i === 7)
        yield { send: () => client.send(client.bytes({ op: 'read', node: play.node })) };
      yield choosing(client, play, ways);
    }
  }
}

const KINDS = { reading, playing, session };

/** Asks for one node again and again while `going` says so. @returns how long each took */
async function probe(client, ask, going) {
  const bytes = client.bytes(ask);
  const waits = [];
  while (going()) {
    const began = performance.now();
    await client.send(bytes);
    waits.push(performance.now() - began);
    await sleep(PROBE_EVERY_MS);
  }
  return waits.sort((a, b) => a - b);
}

/** Runs a cell: first a while to warm up, then as long as told, `onBegin` and `onEnd` in between. */
async function run(cell, { onBegin, onEnd }) {
  const { workload, tokens, seconds, warmSeconds } = cell;
  const clients = await Promise.all(
    tokens.slice(0, workload.connections).map((token) => Client.open(cell, token)),
  );
  const made = [];
  const times = [];
  let isCounted = false;
  let goesOn = true;
  const work = clients.map(async (client, place) => {
    for (const { send } of KINDS[workload.kind](client, workload, place, made)) {
      if (!goesOn) return;
      const began = performance.now();
      await send();
      if (isCounted) times.push(performance.now() - began);
    }
  });
  const failed = Promise.all(work);
  failed.catch(() => (goesOn = false));
  await Promise.race([sleep(warmSeconds * 1000), failed]);
  const watcher = workload.probe && (await Client.open(cell, tokens.at(-1)));
  const waits = watcher && probe(watcher, workload.probe, () => goesOn);
  await onBegin();
  isCounted = true;
  const began = performance.now();
  await Promise.race([sleep(seconds * 1000), failed]);
  isCounted = false;
  const lasted = (performance.now() - began) / 1000;
  await onEnd();
  goesOn = false;
  await failed;
  const probed = await waits;
  for (const { connection } of [...clients, ...(watcher ? [watcher] : [])]) connection.close();
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: times.length / lasted,
    ...{ p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    ...(probed && { probeP99: quantile(probed, 0.99), probeWorst: probed.at(-1) }),
    made: made.map(({ progress, step }) => ({ progress, step })),
  };
}

// Only as the process that `LoadProcess` forks; other modules import the client alone.
if (argv[1] === import.meta.filename) {
  const tell = (message) => new Promise((resolve) => process.send(message, resolve));
  process.on('message', (cell) => {
    const heard = { onBegin: () => tell({ begun: true }), onEnd: () => tell({ ended: true }) };
    run(cell, heard).then(
      (result) => tell({ result }),
      (error) => tell({ error: error.stack }),
    );
  });
}
