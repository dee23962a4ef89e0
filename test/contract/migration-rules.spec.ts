import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource, QueryRunner } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { entities } from '../../src/app.entities.js';
import { newDataSource } from '../../src/database/data-source.js';
import { Migrator } from '../../src/database/migrator.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';
import { faultsOf, type SentMigration, type SentText } from './migration-rules.js';

/** Migrations up to this one were made before the rules. */
const LAST_WITHOUT_RULES = 1795870000000;

const isUnderRules = ({ name }: SentMigration) => Number(/\d+$/.exec(name)) > LAST_WITHOUT_RULES;

describe('migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const sent: SentMigration[] = [];
  beforeAll(async () => {
    database = await newTestDatabase('template0');
    dataSource = newDataSource({
      ...{ url: database.url, poolSize: 2, entities, migrations, onPoolError: () => undefined },
    });
    await dataSource.initialize();
    for (const migration of dataSource.migrations) {
      const up = migration.up.bind(migration);
      const texts: SentText[] = [];
      sent.push({ name: migration.constructor.name, sent: texts });
      migration.up = (runner) => up(recording(runner, texts));
    }
    await new Migrator(dataSource).run();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('let servers of the release before go on', () => {
    const faults = sent.filter(isUnderRules).map((one) => [one.name, faultsOf(one)] as const);
    // What has to break a rule is named here, with its reason.
    expect(Object.fromEntries(faults.filter(([, found]) => found.length > 0))).toEqual({});
  });

  it('are seen with all that they send', () => {
    expect(sent.filter((one) => one.sent.length === 0)).toEqual([]);
    const ofPartitions = sent.find(({ name }) => name.startsWith('PartitionSteps'))!;
    expect(faultsOf(ofPartitions)).toContain(
      'only a Contract migration renames: ALTER TABLE progress_steps RENAME TO progress_steps_000000',
    );
  });
});

/** The runner itself, which notes what is sent through it. */
const recording = (runner: QueryRunner, texts: SentText[]): QueryRunner =>
  new Proxy(runner, {
    get: (target, property, proxy) => {
      if (property !== 'query') return Reflect.get(target, property, proxy) as unknown;
      return (sql: string, ...rest: unknown[]) => {
        texts.push({ sql, inTransaction: target.isTransactionActive });
        return (target.query as (...all: unknown[]) => unknown)(sql, ...rest);
      };
    },
  });

describe('the rules of migrations', () => {
  const found = (sql: string, { name = 'AddThings1', inTransaction = true } = {}) =>
    faultsOf({ name, sent: [{ sql, inTransaction }] }).map((fault) => fault.split(':')[0]);

  it.each([
    ['CREATE INDEX i ON stories (title)', 'an index is made CONCURRENTLY'],
    ['CREATE UNIQUE INDEX i ON public."stories" (title)', 'an index is made CONCURRENTLY'],
    ['CREATE INDEX CONCURRENTLY i ON stories (title)', 'CONCURRENTLY needs transaction = false'],
    ['DROP INDEX CONCURRENTLY IF EXISTS i', 'CONCURRENTLY needs transaction = false'],
    [
      'ALTER TABLE stories ADD COLUMN a integer NOT NULL',
      'a new column is nullable or has a constant default',
    ],
    [
      'ALTER TABLE stories ADD a text, ADD b text NOT NULL',
      'a new column is nullable or has a constant default',
    ],
    [
      'ALTER TABLE stories ADD a uuid DEFAULT gen_random_uuid()',
      'a new column is nullable or has a constant default',
    ],
    ['ALTER TABLE stories ALTER COLUMN a TYPE bigint', 'a column keeps its type'],
    ['ALTER TABLE stories ALTER a SET DATA TYPE numeric(3, 1)', 'a column keeps its type'],
    [
      'ALTER TABLE stories ALTER COLUMN a SET NOT NULL',
      'SET NOT NULL comes after a CHECK is validated',
    ],
    ['ALTER TABLE stories ADD CONSTRAINT c CHECK (a > 0)', 'a constraint is added NOT VALID'],
    ['ALTER TABLE stories ADD FOREIGN KEY (a) REFERENCES users', 'a constraint is added NOT VALID'],
    ['ALTER TABLE stories ADD CONSTRAINT c UNIQUE (a)', 'a key is added USING INDEX'],
    ['ALTER TABLE stories DROP COLUMN a', 'only a Contract migration drops'],
    ['ALTER TABLE stories DROP a', 'only a Contract migration drops'],
    ['DROP TABLE IF EXISTS stories CASCADE', 'only a Contract migration drops'],
    ['ALTER TABLE stories RENAME COLUMN a TO b', 'only a Contract migration renames'],
    ['ALTER TABLE stories RENAME a TO b', 'only a Contract migration renames'],
    ['ALTER TABLE stories RENAME TO tales', 'only a Contract migration renames'],
    [
      'SELECT 1; -- then\n  alter table stories\n  drop column a',
      'only a Contract migration drops',
    ],
    [
      'DO $$ BEGIN IF true THEN DROP TABLE stories; END IF; END $$',
      'only a Contract migration drops',
    ],
  ])('refuse %s', (sql, fault) => {
    expect(found(sql)).toEqual([fault]);
  });

  it.each([
    'CREATE TABLE a (b integer NOT NULL); CREATE INDEX i ON a (b); ALTER TABLE a ADD c text NOT NULL, DROP b',
    'ALTER TABLE stories ADD a text, ADD b integer NOT NULL DEFAULT 0, ADD c timestamptz NOT NULL DEFAULT now()',
    'ALTER TABLE stories ADD CONSTRAINT c CHECK (a IN (1, 2)) NOT VALID',
    'ALTER TABLE stories VALIDATE CONSTRAINT c; ALTER TABLE stories ALTER a SET NOT NULL',
    'ALTER TABLE stories ALTER a DROP NOT NULL, ALTER b SET DEFAULT 3, DROP CONSTRAINT c',
    `COMMENT ON TABLE stories IS 'DROP TABLE; DROP TABLE stories'`,
    'CREATE FUNCTION f() RETURNS void AS $$ DROP TABLE stories $$ LANGUAGE sql',
  ])('allow %s', (sql) => {
    expect(found(sql)).toEqual([]);
  });

  it('allow indexes to be made and dropped beside transactions', () => {
    const beside = { inTransaction: false };
    expect(found('CREATE INDEX CONCURRENTLY i ON stories (title)', beside)).toEqual([]);
    expect(found('CREATE INDEX i ON stories (title)', beside)).toHaveLength(1);
  });

  it('allow what contracts to drop and to rename, and nothing else', () => {
    const contract = { name: 'ContractStories1' };
    expect(found('ALTER TABLE stories DROP a, RENAME b TO c; DROP TABLE d', contract)).toEqual([]);
    expect(found('ALTER TABLE stories ALTER a TYPE bigint', contract)).toHaveLength(1);
  });
});
