import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const idOf = async (headers: Record<string, string> = {}) => {
    const response = await fetch(`${talegraph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    return response.headers.get('x-request-id');
  };

  it('is in the answer, another one each time', async () => {
    const ids = [await idOf(), await idOf()];
    expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it.each(['/', '/health/live', '/health/ready', '/metrics', '/nowhere'])(
    'is in the answer of %s too',
    async (path) => {
      const { headers } = await fetch(`${talegraph.url}${path}`, { redirect: 'manual' });
      expect(headers.get('x-request-id')).toMatch(UUID);
    },
  );

  it.each(['abcdefgh', 'edge_7-0123456789', 'x'.repeat(64)])(
    'is the one that was given, when it is well-formed: %s',
    async (id) => {
      expect(await idOf({ 'x-request-id': id })).toBe(id);
    },
  );

  it.each(['short', 'x'.repeat(65), 'with space', '<script>', '{"json":1}', 'é'.repeat(10)])(
    'is a new one, when the one given is malformed: %s',
    async (id) => {
      expect(await idOf({ 'x-request-id': id })).toMatch(UUID);
    },
  );
});
