import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Config } from '../../src/config/config.js';
import { isDatabaseAway } from '../../src/database/database-away.js';
import { Database } from '../../src/database/database.js';
import { newDataSource } from '../../src/database/data-source.js';
import { Replicas } from '../../src/database/replicas.js';
import { newTestDatabase, type TestDatabase } from '../support/database.js';
import { Wire } from '../support/wire.js';

const ONE = { name: 'one', text: 'SELECT 1 AS one' };

describe('a connection to the database on which nothing comes back', () => {
  let server: TestDatabase;
  let wire: Wire;
  let dataSource: DataSource;
  let database: Database;
  beforeAll(async () => {
    server = await newTestDatabase();
    wire = await Wire.to(server.url);
    const url = new URL(server.url);
    url.port = String(wire.port);
    dataSource = newDataSource({
      ...{ url: url.href, poolSize: 1, entities: [], migrations: [] },
      onPoolError: () => undefined,
    });
    // Before the pool begins to count how long a connection has had nothing to do.
    mock.timers.enable({ apis: ['setTimeout'] });
    await dataSource.initialize();
    const config = Config.from({});
    database = new Database(dataSource, config, new Replicas(dataSource, config, []));
  });
  afterEach(() => {
    mock.timers.reset();
  });
  afterAll(async () => {
    await dataSource.destroy();
    wire.close();
    await server.drop();
  });

  it('is left after the server would have ended the statement, and the next one is answered', async () => {
    expect(await database.prepared(ONE, [])).toEqual([{ one: 1 }]);
    wire.swallow();
    const lost = database.prepared(ONE, []).then(
      () => 'answered',
      (error: unknown) => error,
    );
    await setImmediate();
    mock.timers.tick(34_000);
    await setImmediate();
    expect(await Promise.race([lost, Promise.resolve('waits')])).toBe('waits');
    mock.timers.tick(2000);
    const error = await lost;
    expect([String(error), isDatabaseAway(error)]).toEqual(['Error: Query read timeout', true]);
    mock.timers.reset();
    expect(await database.prepared(ONE, [])).toEqual([{ one: 1 }]);
  });
});
