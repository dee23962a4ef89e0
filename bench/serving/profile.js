/** The functions in which a process spent most of its time, from the profiles that `--cpu-prof` leaves behind. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cwd } from 'node:process';
import { fileURLToPath } from 'node:url';

const MOST = 40;

const placeOf = ({ functionName, url, lineNumber }) => {
  const file = url.startsWith('file:') ? relative(cwd(), fileURLToPath(url)) : url;
  return `${functionName || '(anonymous)'}  ${file}${file ? `:${lineNumber + 1}` : ''}`;
};

/**
 * @param since how many milliseconds of each process to leave out: its start, and what warmed it up
 * @returns lines of percent and place, the most first
 */
export function topOf(folder, since) {
  const times = new Map();
  let total = 0;
  for (const name of readdirSync(folder)) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
    let passed = 0;
    samples.forEach((id, i) => {
      passed += timeDeltas[i] / 1000;
      const place = places.get(id);
      if (passed < since || place.startsWith('(idle)')) return;
      total += timeDeltas[i];
      times.set(place, (times.get(place) ?? 0) + timeDeltas[i]);
    });
  }
  return [...times]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST)
    .map(([place, time]) => `${((time / total) * 100).toFixed(1).padStart(5)} %  ${place}`);
}
