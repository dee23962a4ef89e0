/** Writes `docs/benchmarks.md` from what `bench/results` keeps. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kept } from './results.js';
import { judge } from './targets.js';

const path = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md');

const NAMES = {
  uncached: 'Talegraph',
  shipped: 'Talegraph, as shipped',
  postgraphile: 'PostGraphile',
  raw: '`node:http`, one statement',
  memory: '`node:http`, from memory',
};

const TITLES = {
  read: 'Player read',
  cached: 'Player read, kept as bytes',
  draft: 'Draft read',
  list: 'Story list',
  flow: 'Flow of 100 nodes',
  wholeFlow: 'Flow of the large story',
  choose: 'makeChoice',
  session: 'Mixed reader session',
  everywhere: 'A node of each story in turn',
};

const whole = (number) => Math.round(number).toLocaleString('en');
const ms = (number) => `${number < 10 ? number.toFixed(1) : whole(number)} ms`;
const us = (number) => `${whole(number)} µs`;

export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const targetTable = (results) =>
  table(
    ['what', 'aim', 'seen', 'by processor time', ''],
    judge(results).map(({ what, aim, unit, figure, byCost, isMet }) => [
      ...[what, aim, `${figure < 10 ? figure.toFixed(2) : Math.round(figure)}${unit}`],
      ...[byCost?.toFixed(2) ?? ''],
      isMet ? 'met' : '**missed**',
    ]),
  );

const rateTable = ({ cells }) =>
  table(
    ['what', 'server', 'requests/s', 'p50', 'p99', 'server CPU', 'PostgreSQL CPU', 'spread'],
    Object.entries(cells).flatMap(([name, servers]) =>
      Object.entries(servers).map(([server, figures], i) => [
        ...[i === 0 ? TITLES[name] : '', NAMES[server]],
        ...[whole(figures.perSecond), ms(figures.p50), ms(figures.p99)],
        ...[us(figures.cpu), us(figures.postgresCpu), `${Math.round(figures.spread * 100)} %`],
      ]),
    ),
  );

function asides({ cells, statement, memory, idle }) {
  const lines = [];
  const counting = ['choose', 'session'].flatMap((name) =>
    Object.entries(cells[name] ?? {})
      .filter(([server]) => server === 'uncached' || server === 'shipped')
      .map(([, { countingCpu }]) => `${us(countingCpu)} for each request of "${TITLES[name]}"`),
  );
  if (counting.length > 0)
    lines.push(
      `Counting what was played goes on in the background, while choices are made and after: what was left after the cell took Talegraph and PostgreSQL together ${counting.join(', and ')}.`,
    );
  const probed = Object.entries(cells.wholeFlow ?? {}).map(
    ([server, { probeP99, probeWorst }]) =>
      `${NAMES[server]} ${ms(probeP99)} and ${ms(probeWorst)}`,
  );
  if (probed.length > 0)
    lines.push(
      `While flows of the large story were served, another reader waited for a node, as the 99th percentile and at worst: ${probed.join('; ')}.`,
    );
  if (statement)
    lines.push(
      `The statement of a choice alone: ${whole(statement.node)}/s by \`pg\`, ${whole(statement.pgbench)}/s by ${statement.version}, with ${statement.clients} connections each; as Talegraph records the choices of ${statement.clients} readers, together, ${whole(statement.together)} choices a second.`,
    );
  lines.push(
    `Memory after it all, and the most: ${Object.entries(memory)
      .map(([server, { now, most }]) => `${NAMES[server]} ${now} MB and ${most} MB`)
      .join('; ')}.`,
    `PostgreSQL took ${us(idle * 1e6)} of processor time in a second while nobody asked for anything.`,
  );
  return lines.join('\n\n');
}

/** The tables, as the terminal shows them too. */
export const tablesOf = (results) =>
  [targetTable(results), rateTable(results), asides(results)].join('\n\n');

/** The curve of each workload: a row for each server, a column for each point. */
const curve = (points, names, columnOf) =>
  table(
    ['requests/s', 'server', ...points.map(columnOf)],
    names.flatMap((name) =>
      Object.keys(points[0].cells[name]).map((server, i) => [
        ...[i === 0 ? TITLES[name] : '', NAMES[server]],
        ...points.map(({ cells }) => whole(cells[name][server].perSecond)),
      ]),
    ),
  );

/** What `bench:growth` saw, with a column for each point. */
export function growthTables(points) {
  const { steps, sizes } = points.at(-1);
  const names = ['read', 'draft', 'list', 'flow', 'choose', 'everywhere'];
  const bySize = Map.groupBy(Object.entries(sizes), ([name]) => name.split(' ')[0]);
  const sized = [...bySize].map(([name, cells]) => [
    name === 'wholeFlow' ? 'Flow of all nodes, one connection' : TITLES[name],
    ...cells.map(([, { uncached }]) => whole(uncached.perSecond)),
  ]);
  const byStep = Object.keys(Object.values(steps)[0]).map((server) => [
    NAMES[server],
    ...Object.values(steps).map((servers) => whole(servers[server].perSecond)),
  ]);
  return [
    curve(
      points,
      names,
      ({ size }) => `${whole(size.stories)} stories, ${whole(size.steps)} steps`,
    ),
    `Talegraph held ${points.map(({ memory }) => `${memory.now} MB`).join(', ')} after it had been asked for a node of each story.`,
    'Choices of playthroughs that begin, and of such that have gone on for ten thousand steps, with the most data:',
    table(['makeChoice, requests/s', ...Object.keys(steps)], byStep),
    'Stories of 10, 1,000 and 10,000 nodes, with the most data, on Talegraph. The flow of 100 nodes is a page of the larger ones:',
    table(['requests/s', '10 nodes', '1,000 nodes', '10,000 nodes'], sized),
  ].join('\n\n');
}

function pointsOf({ rounds, seconds, connections, points }) {
  const { setting } = points.at(-1);
  return `Seen on ${setting.at} at ${setting.commit} on the same kind of machine: ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s for each cell after one to warm up, ${connections} connections.`;
}

/** What `bench:soak` saw. */
export function soakTable({ minutes, connections, requests, full, samples, memory }) {
  const third = Math.floor(samples.length / 3);
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(-third)].map(mean);
  return `${whole(requests)} requests of mixed reader sessions in ${minutes} minutes by ${connections} connections, after a node of each story had been read:
${full.now} MB at first, ${whole(middle)} MB on average in the second third, ${whole(last)} MB in the last (${(((last - middle) / middle) * 100).toFixed(1)} %), ${memory.most} MB at most.`;
}

function settingOf({ setting, size, pools, rounds, seconds, connections, load }) {
  return `Seen on ${setting.at} at ${setting.commit}: ${setting.cores} cores (${setting.processor}), ${setting.memoryGb} GB, Node.js ${setting.node},
PostgreSQL ${setting.postgres} (shared_buffers ${setting.buffers}, synchronous_commit ${setting.commits}), PostGraphile ${setting.postgraphile}, pg ${setting.pg}.
${rounds} rounds of ${seconds} s for each cell, ${connections} connections (16 for the flow of 100 nodes, 1 for that of the large story). Data: one story of
${whole(size.large.at(-1))} nodes, ${size.stories} of 100 nodes, ${whole(size.users)} readers, ${whole(size.steps)} steps. The load of the machine was ${load[0].toFixed(1)} before and
${load[1].toFixed(1)} after. Of 8, 16 and 20 connections to PostgreSQL, ${pools.postgraphile} served PostGraphile best and ${pools.raw} the raw server; Talegraph
has the 10 that it is shipped with.`;
}

const PROSE = {
  head: `# Benchmarks

Written by \`npm run bench\` from what it saw; do not edit. Servers, PostgreSQL and who asks share one machine, so that only
what stands in one run can be compared, and ratios say more than figures.`,
  held: `## What holds what is missed

What is missed depends on the machine, which is shared. In the morning of 2026-11-27 it served the raw server 14,660 reads a second, at 46 µs of
processor time each, and all but the statement alone was met by the code of b5ed93b: player read 3.94, list 3.82, mixed session 4.01. In the
afternoon it served 7,500 to 8,000, at 93 µs. The same code then gave 2.73 and 2.82 for player read, and today's, taking turns
with it, 2.87 and 3.37. Two whole runs before this one gave 2.76 and 2.93 for player read, 2.98 and 3.01 for the list (0.96 and 1.07
times the raw server), 2.99 and 3.66 for the mixed session. So these lie about their aims by the day:

- **Player read and story list** take Talegraph no statement: its main thread, one core, is all that holds them, while PostGraphile has
  PostgreSQL on the other one. By processor time, both counted, they are ahead by more. Of that thread (\`--profile\`, an afternoon),
  27 % is writing to the socket and the log, 8 % Nest handing arguments through its pipes, 6 % promises coming back, the rest
  nothing above 4 %. Reading costs 2.6 times as much as in the morning, and the raw server's 2.0 times: more code for a
  request loses more where caches of the processor are shared. Tried and kept: no Apollo for what is asked again, no loader
  per object, values that hang on their parent, ids taken apart without a pattern made for each. Tried and left, as no difference was
  seen: to keep from the pipes what is no input.
- **Mixed reader session** is ten choices of fifteen requests, which are five times PostGraphile's; the one that begins a playthrough writes
  more than the peer's does, and what was played is counted beside it, on the same two cores.
- **The statement alone** is \`pg\`, which is JavaScript, against C on the same two cores: \`pg\` sends it as four messages, reads the row
  as text and makes it an object, and hands each to the event loop: 0.66 to 0.70 of pgbench. Nothing of that is Talegraph's, and readers
  do not wait for it: choices of the same moment share a statement
  ([ADR 0048](adr/0048-what-comes-at-the-same-moment-goes-together.md)), which is measured beside it.`,
  how: `## How to run it

\`\`\`sh
npm run bench                              # all of it: some ten minutes, the first time also loading the data
npm run bench -- --help                    # what else it may be told
npm run bench -- --small                   # a small data set; nothing is written
npm run bench -- --only read,choose        # some of it; nothing is written
npm run bench -- --only list --profile     # and in which functions Talegraph spent its time
npm run bench:growth                       # the same with 1, 10 and 100 times the data
npm run bench:soak -- --minutes 10         # whether memory grows
\`\`\`

\`--help\` tells what each may be told, and where its data lie: they stay there for the next run, also of another checkout. The
statement alone wants \`pgbench\`, and is skipped where there is none.`,
  what: `## What is asked

| what | one request |
| --- | --- |
| Player read | a published node with its text, its choices and the titles of where they lead; 200 nodes in turn |
| Player read, kept as bytes | the same by GET, where the server may answer from memory |
| Draft read | the same of a draft, found by story and key, by its author |
| Story list | the 20 latest stories with author and counts |
| Flow of 100 nodes | all nodes of a story with texts, choices and targets |
| Flow of the large story | all nodes with texts and choices, by one connection; another reads a node every 20 ms meanwhile. Of Talegraph this is \`flow.json\`, which also tells of media, dice and puzzles |
| makeChoice | is it a choice of the node where the reader stands, at that step? Record it, and answer with the next node |
| Mixed reader session | a list, the page of a story with its first node, a start, ten choices, two nodes again: 15 requests |

"Talegraph" answers without what it keeps as bytes; "as shipped" with all that it has.`,
  fairness: `## What makes it fair

- **Equal answers.** Before anything is timed, a sample of each operation, and twenty choices in a row, are asked of all servers;
  the answers, in the same words, must be deeply equal. Afterwards the recorded steps of each playthrough must be as many
  as were acknowledged.
- **Equal tables and columns.** PostGraphile and the raw server read the tables that Talegraph fills. The stories were imported and
  published through Talegraph; readers and steps were filled by SQL.
- **Equal duties.** All get the same HS256 token with each request and log a line by pino for each (into \`/dev/null\`). The peers check
  its signature and when it expires each time; Talegraph remembers signatures that it has found right, looks up the session (remembered
  for 30 s), limits what an operation may ask for, and plays rules: none are in these stories.
- **Kept for a second.** Published versions never change and are played from memory; published stories, and pages of their
  list, are read once a second by each Talegraph, and at once after a change. The peers ask the database each time.
- **Choices.** The peers record step and place by one statement; Talegraph also keeps the state of the story, and tells the statistics of each step.
  Whatever of the counting comes after the cell is told apart above; the next cell waits for it, at most 20 s.
- **PostGraphile** runs in production mode with its Amber preset and simplified names on \`node:http\`. As its documentation advises, lists are lists and
  not connections, operations use variables, so that plans and prepared statements are kept, and its pool was tuned. Reads go without
  settings of the session, and so without a transaction. Choices and starts are functions in SQL. The author of a draft is not checked.
- **Interleaved.** All servers stay up; each cell is a few seconds, servers and workloads take turns in an order that turns too, after
  a round to warm up. Figures are medians of the rounds; the spread is between the best and the worst of them. Requests are asked by
  a process of its own, whose work is in no figure but does share the cores. Autovacuum is off, and what a cell has written is
  vacuumed before the next, so that nobody pays for who was before.
- **Processor time** is that of the server's process with all its threads, and of all processes of PostgreSQL together, for each request;
  where choices are made, that of both servers of Talegraph, as either may count them. Its ratio also takes in what was left to be counted
  after the cell, and depends less than the requests a second on what else the machine does.`,
};

/** @returns the document, with what has been kept so far */
export function documentOf({ serving, growth, soak }) {
  return [
    PROSE.head,
    ...(serving ? ['## Targets', settingOf(serving), tablesOf(serving)] : []),
    ...(serving ? [PROSE.held] : []),
    ...(growth ? ['## Growth', pointsOf(growth), growthTables(growth.points)] : []),
    ...(soak ? ['## Memory', soakTable(soak)] : []),
    PROSE.how,
    PROSE.what,
    PROSE.fairness,
  ]
    .join('\n\n')
    .concat('\n');
}

export function writeDocument() {
  const [serving, growth, soak] = ['serving', 'growth', 'soak'].map(kept);
  writeFileSync(path, documentOf({ serving, growth, soak }));
}
