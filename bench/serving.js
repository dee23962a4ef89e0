/**
 * Talegraph beside its peers on the same tables: PostGraphile 5, and `node:http` with one prepared statement or with bytes
 * from memory as the limits. All run at once on one PostgreSQL and take turns; `docs/benchmarks.md` is written from what
 * is seen. Run with `npm run bench`; `-- --small` does less and writes nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { tablesOf, writeDocument } from './serving/document.js';
import { memoryOf } from './serving/measure.js';
import { optionsFrom } from './serving/options.js';
import { topOf } from './serving/profile.js';
import { keep, setting, summary, turned } from './serving/results.js';
import { SIZES, Stand, folderFor } from './serving/stand.js';
import { measureStatement } from './serving/statement.js';

/** What may be run by itself. */
const PARTS = [
  'read',
  'cached',
  'draft',
  'list',
  'flow',
  'wholeFlow',
  'choose',
  'session',
  'statement',
];

const USAGE = `npm run bench -- [options]

  --small             a small data set: some five minutes; nothing is written
  --only read,choose  some of it; nothing is written
  --rounds 3          how often each cell is run
  --seconds 2         how long each time
  --warm 5            and for how many seconds beforehand
  --connections 32    how many ask at once
  --pool 16           how many connections to PostgreSQL the peers have; what serves them best is tried out when left out
  --data FOLDER       where the data lie, and stay for the next run: ${folderFor('full')}, or ${folderFor('small')}
  --profile           in which functions Talegraph spent its time`;

const number = (value) => ({ type: 'string', default: value, number: true });
const { small, data, rounds, seconds, warm, connections, pool, only, profile, fail } = optionsFrom(
  USAGE,
  {
    ...{ small: { type: 'boolean', default: false }, data: { type: 'string' } },
    ...{ rounds: number('3'), seconds: number('2'), warm: number('5'), connections: number('32') },
    ...{ pool: number(undefined), only: { type: 'string' } },
    profile: { type: 'boolean', default: false },
  },
);
const size = small ? 'small' : 'full';
const chosen = only?.split(',');
const isWanted = (name) => chosen === undefined || chosen.includes(name);
const log = (line) => console.log(line);
if (chosen?.every((name) => PARTS.includes(name)) === false)
  fail(`--only takes some of ${PARTS.join(', ')}, and not "${only}".`);

/** Runs all cells, round by round. @returns the figures of each round by workload and server */
async function measure(stand) {
  const names = Object.keys(stand.workloads).filter(isWanted);
  const seen = {};
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    if (round === 0) stand.warmAt = performance.now();
    for (const name of turned(names, Math.max(round, 0))) {
      const { servers } = stand.workloads[name];
      for (const server of turned(servers, Math.max(round, 0))) {
        if (round === -1) {
          log(`warming up  ${name.padEnd(10)} ${server}`);
          await stand.run(name, server, { seconds: warm, warmSeconds: 0 });
          continue;
        }
        const figures = await stand.run(name, server, { seconds, warmSeconds: 0.3 });
        ((seen[name] ??= {})[server] ??= []).push(figures);
        log(
          `${round + 1}/${rounds}  ${name.padEnd(10)} ${server.padEnd(13)} ${Math.round(figures.perSecond)}/s`,
        );
      }
    }
  }
  return seen;
}

const mapped = (record, of) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));

const profiles = profile && mkdtempSync(join(tmpdir(), 'talegraph-profile-'));
const stand = await Stand.open(SIZES[size], data ?? folderFor(size), {
  ...{ connections, log, autovacuum: 'off' },
});
try {
  const statement = isWanted('statement')
    ? await measureStatement(stand, { rounds, seconds: Math.ceil(seconds) })
    : undefined;
  await stand.start({
    pools: pool && { postgraphile: pool, raw: pool },
    execArgv: profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [],
  });
  const [loadBefore] = loadavg();
  const idle = await stand.idle();
  const seen = await measure(stand);
  const results = {
    ...{ setting: await setting(stand.data.db), size: SIZES[size], pools: stand.pools, idle },
    ...{ rounds, seconds, connections, load: [loadBefore, loadavg()[0]] },
    cells: mapped(seen, (servers) => mapped(servers, summary)),
    statement,
    memory: mapped(stand.all, ({ pid }) => memoryOf(pid)),
  };
  log(`\n${tablesOf(results)}`);
  if (!small && chosen === undefined) {
    await keep('serving', results);
    writeDocument();
  }
} finally {
  await stand.close();
}
if (profiles) {
  log(
    `\nWhere Talegraph spent its time\n\n${topOf(profiles, stand.warmAt - stand.startedAt).join('\n')}`,
  );
  rmSync(profiles, { recursive: true });
}
