/** The plans of the very statements that a request runs, with their triggers, as PostgreSQL's auto_explain writes them to its log. */

const SETTINGS = {
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'on',
  'auto_explain.log_triggers': 'on',
  'auto_explain.log_format': 'json',
};

/** Has every connection that is made from now on ready to tell its plans. Call it before the server starts its work. */
export async function prepare(db) {
  await db.query(`ALTER SYSTEM SET session_preload_libraries = 'auto_explain'`);
  await db.query(`ALTER SYSTEM SET log_destination = 'jsonlog'`);
  await db.query('SELECT pg_reload_conf()');
}

async function turn(db, isOn) {
  for (const [name, value] of Object.entries(SETTINGS))
    await db.query(isOn ? `ALTER SYSTEM SET ${name} = '${value}'` : `ALTER SYSTEM RESET ${name}`);
  await db.query('SELECT pg_reload_conf()');
  // Sessions see it when they next wait for a statement.
  await new Promise((resolve) => setTimeout(resolve, 500));
}

const logFile = async (db) => {
  const { rows } = await db.query(
    `SELECT pg_current_logfile('jsonlog') AS name, (pg_stat_file(pg_current_logfile('jsonlog'))).size AS size`,
  );
  return rows[0];
};

/** @returns the plans of all statements that other connections ran while `work` went on, in their order */
export async function plansOf(db, work) {
  await db.query("LOAD 'auto_explain'");
  await db.query('SET auto_explain.log_min_duration = -1');
  await turn(db, true);
  const { name, size } = await logFile(db);
  try {
    await work();
  } finally {
    await turn(db, false);
  }
  const { rows } = await db.query('SELECT pg_read_file($1, $2, 500000000) AS text', [name, size]);
  return rows[0].text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ message }) => /^duration: ([\d.]+) ms {2}plan:\n([^]*)$/.exec(message ?? ''))
    .filter((found) => found !== null)
    .map(([, time, plan]) => ({ time: Number(time), ...JSON.parse(plan) }));
}

function* nodesOf(node) {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

const rowsOf = (node) =>
  ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) *
  (node['Actual Loops'] ?? 1);

/** What a plan reads by, the longest first: index or table, how, and how many rows. */
export function told({ Plan: plan, 'Query Text': text, time, ...rest }) {
  const nodes = [...nodesOf(plan)];
  const reads = nodes
    .filter((node) => node['Index Name'] ?? node['Relation Name'])
    .map((node) => ({
      what: `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name']}`,
      rows: rowsOf(node),
    }));
  const heavy = nodes
    .filter((node) => /^(Incremental )?Sort$|Aggregate|WindowAgg|Hash$/.test(node['Node Type']))
    .map((node) => ({
      what: `${node['Node Type']}${node['Sort Space Type'] === 'Disk' || node['Disk Usage'] ? ' on disk' : ''}`,
      rows:
        node.Plans?.reduce(
          (sum, child) => sum + (child['Actual Rows'] ?? 0) * child['Actual Loops'],
          0,
        ) ?? 0,
    }))
    .filter(({ rows }) => rows >= 10_000);
  const merged = [...Map.groupBy([...reads, ...heavy], ({ what }) => what)]
    .map(([what, same]) => [what, same.reduce((sum, { rows }) => sum + rows, 0)])
    .toSorted((one, other) => other[1] - one[1])
    .map(([what, rows]) => `${what} (${Math.round(rows)})`);
  const triggers = (rest.Triggers ?? [])
    .filter(({ Time }) => Time > 1)
    .map((trigger) => `${trigger['Trigger Name']} ${trigger.Time.toFixed(1)} ms`);
  const change =
    plan['Node Type'] === 'ModifyTable' ? `${plan.Operation} ${plan['Relation Name']}: ` : '';
  const buffers = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
  return {
    text: change + text.replace(/\s+/g, ' ').trim(),
    time,
    buffers,
    reads: [...triggers, ...merged],
  };
}
