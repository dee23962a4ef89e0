/**
 * How the figures change as data grow: with 1, 10 and 100 times the stories, readers and steps, at the first step of a
 * playthrough and at the ten thousandth, and for stories of 10, 1,000 and 10,000 nodes. `docs/benchmarks.md` tells of it.
 * Run with `npm run bench:growth`; `-- --factors 1,10` does less and writes nothing.
 */
import { growthTables, writeDocument } from './serving/document.js';
import { memoryOf } from './serving/measure.js';
import { optionsFrom } from './serving/options.js';
import { keep, setting, summary, turned } from './serving/results.js';
import { Stand, folderFor } from './serving/stand.js';
import { everywhere, longPlays, ofSize } from './serving/workloads.js';

const ALL = '1,10,100';
const USAGE = `npm run bench:growth -- [options]

  --factors 1,10,100  how many times the data; with others nothing is written
  --rounds 2          how often each cell is run
  --seconds 1.5       how long each time
  --connections 32    how many ask at once`;

const number = (value) => ({ type: 'string', default: value, number: true });
const { factors, rounds, seconds, connections, fail } = optionsFrom(USAGE, {
  factors: { type: 'string', default: ALL },
  ...{ rounds: number('2'), seconds: number('1.5'), connections: number('32') },
});
if (!/^[1-9]\d*(,[1-9]\d*)*$/.test(factors))
  fail(`--factors takes whole numbers, as in ${ALL}, and not "${factors}".`);
const log = (line) => console.log(line);
const SERVERS = ['uncached', 'postgraphile', 'raw'];
const GROWING = ['read', 'draft', 'list', 'flow', 'choose'];
const LARGE = [10, 1000, 10_000];
const POOL = 16;

const sizeOf = (factor) => ({
  ...{ stories: 20 * factor, large: LARGE, users: 1000 * factor, steps: 10_000 * factor },
});

/** Runs workloads on servers by turns, the first round to warm up. @returns the figures by workload and server */
async function measure(stand, names, servers) {
  const seen = {};
  for (let round = -1; round < rounds; round++)
    for (const name of names)
      for (const server of turned(servers, round + 1)) {
        const figures = await stand.run(name, server, { seconds, warmSeconds: 0.3 });
        if (round >= 0) ((seen[name] ??= {})[server] ??= []).push(figures);
      }
  for (const cells of Object.values(seen))
    for (const server of Object.keys(cells)) cells[server] = summary(cells[server]);
  return seen;
}

/** Everything at one size of the data. The last one also tells of steps and of sizes of stories. */
async function at(factor, isLast) {
  log(`${factor} times the data`);
  const stand = await Stand.open(sizeOf(factor), folderFor(`growth-${factor}`), {
    ...{ connections, log, autovacuum: 'off' },
  });
  try {
    await stand.start({ pools: { postgraphile: POOL, raw: POOL } });
    const cells = await measure(stand, GROWING, SERVERS);
    stand.workloads.everywhere = await everywhere(stand.data, connections);
    Object.assign(cells, await measure(stand, ['everywhere'], ['uncached']));
    const { uncached } = stand.all;
    const told = { factor, size: sizeOf(factor), cells, memory: memoryOf(uncached.pid) };
    if (!isLast) return told;
    const long = await longPlays(stand.data, connections);
    const sizes = await ofSize(stand.data, connections);
    Object.assign(stand.workloads, long, sizes);
    return {
      ...{ ...told, setting: await setting(stand.data.db) },
      steps: await measure(stand, Object.keys(long), SERVERS),
      sizes: await measure(stand, Object.keys(sizes), ['uncached']),
    };
  } finally {
    await stand.close();
  }
}

const all = factors.split(',').map(Number);
const points = [];
for (const [i, factor] of all.entries()) points.push(await at(factor, i === all.length - 1));
log(`\n${growthTables(points)}`);
if (factors === ALL) {
  await keep('growth', { rounds, seconds, connections, points });
  writeDocument();
}
