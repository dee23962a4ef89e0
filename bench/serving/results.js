/** What was seen, put together: medians of the rounds, and how far these lie apart. Kept as JSON in `bench/results`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { versions } from 'node:process';
import { format, resolveConfig } from 'prettier';
import { median } from '../server.js';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'bench', 'results');

/** The list from another place on in each round, so that nobody is always first. */
export const turned = (list, round) => list.map((_, i) => list[(i + round) % list.length]);

/** @param rounds the figures of each round @returns the median of each figure; of the probe's worst, the worst */
export function summary(rounds) {
  const names = Object.keys(rounds[0]);
  const medians = names.map((name) => [name, median(rounds.map((round) => round[name]))]);
  const rates = rounds.map(({ perSecond }) => perSecond);
  return {
    ...Object.fromEntries(medians),
    ...('probeWorst' in rounds[0] && {
      probeWorst: Math.max(...rounds.map(({ probeWorst }) => probeWorst)),
    }),
    spread: (Math.max(...rates) - Math.min(...rates)) / median(rates),
  };
}

const versionOf = (name) =>
  JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

const commit = () => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();
  } catch {
    return undefined;
  }
};

/** On what it was seen. */
export async function setting(db) {
  const { rows } = await db.query(`SELECT current_setting('server_version') AS postgres,
    current_setting('shared_buffers') AS buffers, current_setting('synchronous_commit') AS commits`);
  return {
    at: new Date().toISOString().slice(0, 10),
    commit: commit(),
    cores: cpus().length,
    processor: cpus()[0].model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: versions.node,
    ...rows[0],
    postgraphile: versionOf('postgraphile'),
    pg: versionOf('pg'),
  };
}

export async function keep(name, results) {
  mkdirSync(folder, { recursive: true });
  const rounded = (_, value) =>
    Number.isFinite(value) && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  const path = join(folder, `${name}.json`);
  const options = await resolveConfig(path);
  writeFileSync(
    path,
    await format(JSON.stringify(results, rounded), { ...options, parser: 'json' }),
  );
}

/** @returns what was kept last; undefined when nothing was */
export function kept(name) {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}
