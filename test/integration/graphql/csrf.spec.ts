import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { fingerprint } from '../../support/fingerprint.js';

const MUTATION = 'mutation { continueAsGuest { expiresIn } }';

describe('a request that a foreign page can make without asking', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const stored = () => fingerprint(talegraph.database);
  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${talegraph.url}/graphql?query=${encodeURIComponent(query)}`, { headers });

  it.each([
    ['text/plain', JSON.stringify({ query: MUTATION })],
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(MUTATION)}`],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: MUTATION })}\r\n--x--\r\n`,
    ],
  ])('is refused as POST of %s', async (contentType, body) => {
    const before = await stored();
    const response = await fetch(`${talegraph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect([400, 415]).toContain(response.status);
    expect(await stored()).toEqual(before);
  });

  it('is refused as POST without a content type', async () => {
    const before = await stored();
    const response = await fetch(`${talegraph.url}/graphql`, {
      method: 'POST',
      body: new Blob([JSON.stringify({ query: MUTATION })]),
    });
    expect([400, 415]).toContain(response.status);
    expect(await stored()).toEqual(before);
  });

  it('is refused as GET', async () => {
    const response = await get('{ stories { totalCount } }');
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as any;
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('potential Cross-Site Request Forgery'),
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
  });

  it('is answered as GET with a header that takes a preflight', async () => {
    const response = await get('{ stories { totalCount } }', {
      'apollo-require-preflight': 'true',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { stories: { totalCount: 0 } } });
  });

  it('is never a mutation by GET', async () => {
    const before = await stored();
    const response = await get(MUTATION, { 'apollo-require-preflight': 'true' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await stored()).toEqual(before);
  });

  it('is never a mutation by the method that a header names', async () => {
    const before = await stored();
    const response = await get(MUTATION, {
      'apollo-require-preflight': 'true',
      'x-http-method-override': 'POST',
    });
    expect(response.status).toBe(405);
    expect(await stored()).toEqual(before);
  });
});
