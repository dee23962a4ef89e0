import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
  beforeEach(async () => {
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
  afterEach(async () => {
    mock.timers.reset();
    await dataSource.destroy();
    wire.close();
    await server.drop();
  });

  it.each([
    ['alone', (work: () => Promise<unknown>) => work()],
    ['in a transaction', (work: () => Promise<unknown>) => database.transaction(work)],
  ])(
    'is left when the server would have ended a statement that was sent %s, and the next one is answered',
    async (_, within) => {
      const began = Promise.withResolvers<undefined>();
      const silent = within(async () => {
        expect(await database.prepared(ONE, [])).toEqual([{ one: 1 }]);
        wire.swallow();
        began.resolve(undefined);
        return database.prepared(ONE, []);
      }).catch((error: unknown) => error);
      await began.promise;
      await setImmediate();
      mock.timers.tick(34_000);
      await setImmediate();
      expect(await Promise.race([silent, Promise.resolve('waits')])).toBe('waits');
      mock.timers.tick(2000);
      const error = await silent;
      expect([String(error), isDatabaseAway(error)]).toEqual(['Error: Query read timeout', true]);
      expect(await database.prepared(ONE, [])).toEqual([{ one: 1 }]);
    },
  );
});
