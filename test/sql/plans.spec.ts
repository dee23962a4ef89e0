import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApp, type TestApp } from '../support/app.js';
import type { SentStatement } from '../support/statement-counter.js';
import { HOT_OPERATIONS, type HotOperation } from './hot-operations.js';
import { newPlatform, type Platform } from './platform.js';

const FOLDER = join(import.meta.dirname, 'plans');

const fileOf = ({ name }: HotOperation) => join(FOLDER, `${name}.txt`);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Parent Relationship'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What hands on the first rows that come, without looking at all of them. */
const PASSING: ReadonlySet<string> = new Set([
  ...['Limit', 'Nested Loop', 'Incremental Sort', 'Subquery Scan', 'Result', 'LockRows', 'Append'],
  ...['Merge Append', 'Memoize', 'ProjectSet'],
]);

/** The tables that a plan reads from one end to the other. @param isLimited whether only the first rows are asked for */
function readWholeIn(plan: PlanNode, isLimited = false): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Cond': condition } = plan;
  const isWhole =
    type === 'Seq Scan' ||
    (/^Index (Only )?Scan$/.test(type) && condition === undefined && !isLimited);
  const below = type === 'Limit' || (isLimited && PASSING.has(type));
  return [
    ...(isWhole && table !== undefined ? [table] : []),
    ...(plan.Plans ?? []).flatMap((part) =>
      readWholeIn(part, below && part['Parent Relationship'] !== 'Inner'),
    ),
  ];
}

/** Lists are planned for the size of the page each time, but are read once a second however many ask. */
const PLANNED_FOR_ITS_SIZE = 'stories-page';

/** Tables of fewer rows may be read whole. */
const LARGE = 1000;

/**
 * The plans of what is asked for all the time, as `plans/*.txt` hold them. `UPDATE_PLANS=1` writes them anew: look at what
 * has changed.
 */
describe('the plans of hot operations', () => {
  let talegraph: TestApp;
  let platform: Platform;
  let large: ReadonlySet<string>;
  beforeAll(async () => {
    talegraph = await startApp();
    platform = await newPlatform(talegraph);
    const rows = await talegraph.database.query<{ name: string }[]>(
      'SELECT relname AS name FROM pg_class WHERE reltuples >= $1',
      [LARGE],
    );
    large = new Set(rows.map(({ name }) => name));
  }, 120_000);
  afterAll(() => talegraph.close());

  async function explain({ name, text, values }: SentStatement, format: string): Promise<any[]> {
    // A statement with a name is planned once, for any values.
    const options = `COSTS OFF, FORMAT ${format}${name === undefined ? '' : ', GENERIC_PLAN'}`;
    const sql = `EXPLAIN (${options}) ${text}`;
    return name === undefined
      ? talegraph.database.query(sql, [...values])
      : talegraph.database.query(sql);
  }

  /** Whether PostgreSQL plans it once for any values, and not each time: it compares the costs of the first five. */
  async function keepsPlan({ name, text, values }: SentStatement): Promise<boolean> {
    const client = new pg.Client({ connectionString: env.DATABASE_URL });
    await client.connect();
    try {
      await client.query('BEGIN');
      for (let times = 0; times < 7; times++)
        await client.query({ name, text, values: [...values] });
      const { rows } = await client.query(
        'SELECT generic_plans::int AS kept FROM pg_prepared_statements',
      );
      return rows[0].kept > 0;
    } finally {
      await client.end();
    }
  }

  /** What is sent for the first page, and for the second where there is one. */
  async function sentBy({ by, document, variables }: HotOperation): Promise<SentStatement[]> {
    const client = by ? talegraph.client.as(by(platform).token) : talegraph.client;
    let after: string | undefined;
    const ask = async () => {
      const data = await client.get(document, { ...variables?.(platform), after });
      return Object.values<any>(data)[0];
    };
    // The second time, what is remembered is.
    if (!document.startsWith('mutation')) await ask();
    const sent = await talegraph.statements.sentDuring(async () => {
      const first = await ask();
      if (!document.includes('$after')) return;
      after = first.pageInfo.endCursor;
      expect(after).toEqual(expect.any(String));
      await ask();
    });
    return sent.filter(({ text }) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/.test(text));
  }

  it.each(HOT_OPERATIONS)('$name', async (operation) => {
    const told: string[] = [];
    for (const statement of await sentBy(operation)) {
      const [plan] = await explain(statement, 'JSON');
      const readWhole = readWholeIn(plan['QUERY PLAN'][0].Plan).filter((table) => large.has(table));
      expect({ statement: statement.text, readWhole }).toEqual({
        statement: statement.text,
        readWhole: [],
      });
      const lines = await explain(statement, 'TEXT');
      const plans = lines.map((row) => withoutValues(row['QUERY PLAN']));
      told.push([headOf(statement), ...plans, ''].join('\n'));
    }
    // In no order of time: some are sent at once.
    const text = told.sort().join('\n') || 'No statement.\n';
    if (env.UPDATE_PLANS) writeFileSync(fileOf(operation), text);
    expect(text).toBe(existsSync(fileOf(operation)) ? readFileSync(fileOf(operation), 'utf8') : '');
  });

  it.each(HOT_OPERATIONS)('of prepared statements are kept: $name', async (operation) => {
    const prepared = (await sentBy(operation)).filter(
      ({ name }) => name !== undefined && !name.startsWith(PLANNED_FOR_ITS_SIZE),
    );
    const replanned = [];
    for (const statement of prepared)
      if (!(await keepsPlan(statement))) replanned.push(statement.name);
    expect(replanned).toEqual([]);
  });

  it('are of operations that there are', () => {
    const files = readdirSync(FOLDER).map((file) => join(FOLDER, file));
    expect(files.sort()).toEqual(HOT_OPERATIONS.map(fileOf).sort());
  });
});

/** The name of a statement, or how it begins; the columns that it selects are left out. */
function headOf({ name, text }: SentStatement): string {
  if (name !== undefined) return `${name} (prepared)`;
  const words = withoutValues(text.replace(/\s+/g, ' ').trim());
  return words.replace(/^SELECT .*? FROM /, 'SELECT ... FROM ').slice(0, 150);
}

/** Ids, dates and texts differ from run to run. */
const withoutValues = (line: string): string =>
  line
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/(?<![\w$"?])\d+(\.\d+)?(?![\w"])/g, '?')
    .replace(/_\d{6}(?=_|\b)/g, '_MONTH');
