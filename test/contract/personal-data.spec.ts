import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERSONAL_DATA } from '../../src/privacy/personal-data/personal-data.js';
import { startApp, type TestApp } from '../support/app.js';

describe('personal data', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('are accounted for in every column that refers to people', async () => {
    const columns: { place: string }[] = await talegraph.database.query(
      `SELECT conrelid::regclass || '.' || attname AS place
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
       WHERE contype = 'f' AND confrelid = 'users'::regclass AND cardinality(conkey) = 1`,
    );
    expect(PERSONAL_DATA.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
      columns.map(({ place }) => place).sort(),
    );
  });
});
