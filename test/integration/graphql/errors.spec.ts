import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { EXECUTORS, startApp, type TestApp } from '../../support/app.js';
import { postGraphql } from '../../support/http.js';

describe.each(EXECUTORS)('a request that is not an operation of the schema (%s)', (executor) => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp({ GRAPHQL_EXECUTOR: executor });
  });
  afterAll(() => talegraph.close());

  it('is refused with the place of the fault when it is not GraphQL', async () => {
    const { status, body } = await postGraphql(talegraph.url, { query: '{ stories( }' });
    expect(status).toBe(400);
    expect(body).toEqual({
      errors: [
        {
          message: 'Syntax Error: Expected Name, found "}".',
          locations: [{ line: 1, column: 12 }],
          extensions: { code: 'GRAPHQL_PARSE_FAILED' },
        },
      ],
    });
  });

  it('is refused for each of its faults when it does not fit the schema', async () => {
    const query = '{ storys { id } me { shoe } }';
    const { status, body } = await postGraphql(talegraph.url, { query });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        message: expect.stringContaining('Cannot query field "storys" on type "Query".'),
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
      {
        message: 'Cannot query field "shoe" on type "Account".',
        locations: [{ line: 1, column: 22 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
  });

  it.each([
    [
      'names an operation that is not there',
      { query: 'query A { __typename }', operationName: 'B' },
    ],
    [
      'does not say which of its operations',
      { query: 'query A { __typename } query B { __typename }' },
    ],
  ])('is refused when it %s', async (_, request) => {
    const { status, body } = await postGraphql(talegraph.url, request);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }]);
  });

  it.each([
    'subscription { __typename }',
    'subscription { x }',
    'subscription { x } { me { id } }',
  ])('is refused, and no fault of the server, when it is a subscription: %s', async (query) => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    const { status, body } = await postGraphql(talegraph.url, { query });
    expect(status).toBe(400);
    expect(body.errors).toContainEqual({
      message: 'There are no subscriptions. Send a query, and again for what is new.',
      locations: [{ line: 1, column: 1 }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('is refused when its method is %s', async (method) => {
    const response = await fetch(`${talegraph.url}/graphql`, {
      method,
      headers: { 'content-type': 'application/graphql' },
      body: '{ __typename }',
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST, OPTIONS');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: `${method} is no method of /graphql. Send the operation by POST, or a query by GET.`,
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  });

  it.each(['application/graphql', 'multipart/form-data; boundary=x', 'nothing'])(
    'is refused with the type that is taken when its type is %s',
    async (type) => {
      const { status, body } = await postGraphql(talegraph.url, '{ __typename }', {
        'content-type': type,
      });
      expect(status).toBe(415);
      expect(body).toEqual({
        errors: [
          {
            message:
              'Send the operation as JSON, {"query": "…"}, with content-type: application/json.',
            extensions: { code: 'BAD_REQUEST' },
          },
        ],
      });
    },
  );

  it.each([
    ['is no JSON', '{"query": '],
    ['is JSON of another shape', '"{ __typename }"'],
    ['has no query', '{}'],
    ['has a query that is no text', '{"query": 7}'],
    ['has variables that are no object', '{"query": "{ __typename }", "variables": "none"}'],
  ])('is refused when it %s', async (_, request) => {
    const { status, body } = await postGraphql(talegraph.url, request);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toMatch(/node_modules|stack|at .*\.js/);
  });

  it('is refused when it is larger than 2 MiB', async () => {
    const query = `{ __typename } #${'x'.repeat(2 * 1024 * 1024)}`;
    const { status, body } = await postGraphql(talegraph.url, { query });
    expect(status).toBe(413);
    expect(body).toEqual({
      errors: [
        {
          message:
            'The request has more than 2 MiB. Upload a file to import with requestUpload of kind IMPORT, and give importStories its uploadId.',
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  });
});
