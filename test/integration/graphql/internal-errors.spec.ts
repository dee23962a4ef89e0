import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import { postGraphql } from '../../support/http.js';
import { thrice } from '../../support/thrice.js';

const STATS = '{ userStats { storiesStarted } stories { totalCount } }';

describe.each(EXECUTORS)('a fault of the server (%s)', (executor) => {
  let talegraph: TestApp;
  let authorization: string;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
    authorization = `Bearer ${(await talegraph.factory.newReader()).token}`;
    await talegraph.database.query('DROP TABLE user_stats CASCADE');
  });
  afterAll(() => talegraph.close());

  it('is told by its code alone', async () => {
    const { body } = await thrice(() =>
      postGraphql(talegraph.url, { query: STATS }, { authorization }),
    );
    expect(body).toEqual({
      data: null,
      errors: [
        {
          message: 'Something went wrong on our side. It has been logged.',
          locations: [{ line: 1, column: 3 }],
          path: ['userStats'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
  });

  it('leaks neither SQL nor names, under any alias', async () => {
    const query = 'query Mine { mine: userStats { storiesStarted } }';
    const { body } = await thrice(() => postGraphql(talegraph.url, { query }, { authorization }));
    expect(JSON.stringify(body)).not.toMatch(/user_stats|select|relation|query failed|stack|\.ts/i);
  });

  it('can be found in the log by the id of the response', async () => {
    const { headers } = await thrice(() =>
      postGraphql(talegraph.url, { query: STATS }, { authorization }),
    );
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves the server at work', async () => {
    expect(await talegraph.client.get('{ stories { totalCount } }')).toEqual({
      stories: { totalCount: 0 },
    });
  });
});
