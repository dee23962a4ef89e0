/** What Talegraph is to reach, as ratios within one run. */

const rate = (cells, workload, server) => cells[workload]?.[server]?.perSecond;

/** All processor time that a request takes, of the server and of PostgreSQL, with what is left to be counted after it. */
const cost = (cells, workload, server) => {
  const { cpu, postgresCpu, countingCpu = 0 } = cells[workload]?.[server] ?? {};
  return cpu + postgresCpu + countingCpu;
};

const atLeast = (aim, workload, own, peer, told) => ({
  ...{ workload, what: `${told}, against ${PEERS[peer]}`, aim: `>= ${aim}` },
  figure: ({ cells }) => rate(cells, workload, own) / rate(cells, workload, peer),
  byCost: ({ cells }) => cost(cells, workload, peer) / cost(cells, workload, own),
  isMet: (figure) => figure >= aim,
});

const PEERS = {
  postgraphile: 'PostGraphile',
  raw: '`node:http` and one statement',
  memory: '`node:http` from memory',
};

const TARGETS = [
  atLeast(3.5, 'read', 'uncached', 'postgraphile', 'Player read'),
  atLeast(0.8, 'read', 'uncached', 'raw', 'Player read'),
  atLeast(0.8, 'cached', 'shipped', 'memory', 'Player read, kept as bytes'),
  atLeast(2, 'draft', 'uncached', 'postgraphile', 'Draft read'),
  atLeast(3, 'list', 'uncached', 'postgraphile', 'Story list'),
  atLeast(0.9, 'list', 'uncached', 'raw', 'Story list'),
  atLeast(4, 'flow', 'uncached', 'postgraphile', 'Flow of 100 nodes'),
  {
    ...{ workload: 'wholeFlow', what: 'Flow of the large story, time against PostGraphile' },
    aim: '<= 0.3',
    figure: ({ cells }) =>
      cells.wholeFlow && cells.wholeFlow.shipped.p50 / cells.wholeFlow.postgraphile.p50,
    isMet: (figure) => figure <= 0.3,
  },
  {
    ...{ workload: 'wholeFlow', what: 'Another reader meanwhile, at worst', aim: '<= 100 ms' },
    figure: ({ cells }) => cells.wholeFlow?.shipped.probeWorst,
    isMet: (figure) => figure <= 100,
    unit: ' ms',
  },
  atLeast(2.5, 'choose', 'uncached', 'postgraphile', 'makeChoice'),
  atLeast(0.75, 'choose', 'uncached', 'raw', 'makeChoice'),
  {
    ...{ workload: 'statement', what: 'The statement of a choice alone, against pgbench' },
    aim: '>= 0.7',
    figure: ({ statement }) => statement && statement.node / statement.pgbench,
    isMet: (figure) => figure >= 0.7,
  },
  atLeast(3, 'session', 'shipped', 'postgraphile', 'Mixed reader session'),
];

/** @returns each target that these results can tell of, with its figure */
export const judge = (results) =>
  TARGETS.map(({ figure, byCost, isMet, what, aim, unit = '' }) => ({
    ...{ what, aim, unit, figure: figure(results), byCost: byCost?.(results) },
    isMet: isMet(figure(results)),
  })).filter(({ figure }) => Number.isFinite(figure));
