/**
 * Whether memory grows: mixed reader sessions on Talegraph as it is shipped, with nodes of all stories read beforehand so
 * that its caches are as full as they get. Run with `npm run bench:soak`, and `-- --minutes 1` for less.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { soakTable, writeDocument } from './serving/document.js';
import { memoryOf } from './serving/measure.js';
import { optionsFrom } from './serving/options.js';
import { keep, setting } from './serving/results.js';
import { SIZES, Stand, folderFor } from './serving/stand.js';
import { everywhere } from './serving/workloads.js';

const USAGE = `npm run bench:soak -- [options]

  --minutes 10      how long
  --connections 16  how many ask at once
  --small           with a small data set; nothing is written
  --data FOLDER     where the data lie: ${folderFor('full')}, or ${folderFor('small')}`;

const number = (value) => ({ type: 'string', default: value, number: true });
const { small, data, minutes, connections } = optionsFrom(USAGE, {
  ...{ small: { type: 'boolean', default: false }, data: { type: 'string' } },
  ...{ minutes: number('10'), connections: number('16') },
});
const size = small ? 'small' : 'full';
const SAMPLES = 20;
const FILL_SECONDS = 15;
const log = (line) => console.log(line);

const stand = await Stand.open(SIZES[size], data ?? folderFor(size), {
  ...{ connections, log },
});
try {
  await stand.start({ pools: { postgraphile: 1, raw: 1 } });
  const { pid } = stand.all.shipped;
  stand.workloads.everywhere = await everywhere(stand.data, connections);
  await stand.run('everywhere', 'shipped', { seconds: FILL_SECONDS, warmSeconds: 0 });
  const full = memoryOf(pid);
  const seconds = minutes * 60;
  const samples = [];
  const watching = (async () => {
    for (let i = 0; i < SAMPLES; i++) {
      await sleep((seconds / SAMPLES) * 1000);
      samples.push(memoryOf(pid).now);
      log(`${(((i + 1) * minutes) / SAMPLES).toFixed(1)} min: ${samples.at(-1)} MB`);
    }
  })();
  const { requests } = await stand.run('session', 'shipped', { seconds, warmSeconds: 0 });
  await watching;
  const results = {
    ...{ setting: await setting(stand.data.db), size: SIZES[size], minutes, connections },
    ...{ requests, full, samples, memory: memoryOf(pid) },
  };
  log(`\n${soakTable(results)}`);
  if (!small) {
    await keep('soak', results);
    writeDocument();
  }
} finally {
  await stand.close();
}
