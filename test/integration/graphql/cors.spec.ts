import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';

const ALLOWED = ['https://stories.example', 'http://localhost:5173'];
const REFUSED = [
  'https://elsewhere.example',
  'https://stories.example.evil.example',
  'http://stories.example',
  'null',
];

describe('a page of another origin', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    process.env.CORS_ORIGINS = ALLOWED.join(', ');
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  const post = (origin: string) =>
    fetch(`${talegraph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
  const preflight = (origin: string) =>
    fetch(`${talegraph.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });

  it.each(ALLOWED)('may read answers from %s', async (origin) => {
    const { status, headers } = await post(origin);
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe('x-request-id');
    expect(headers.get('vary')).toMatch(/\borigin\b/i);
  });

  it.each(ALLOWED)('may send its headers from %s', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-headers')).toBe('content-type,authorization');
    expect(headers.get('access-control-allow-methods')).toContain('POST');
  });

  it.each(REFUSED)('is told nothing from %s', async (origin) => {
    for (const { headers } of [await post(origin), await preflight(origin)]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('a page of another origin, where none is allowed', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    process.env.CORS_ORIGINS = '';
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it('is told nothing', async () => {
    const { headers } = await fetch(`${talegraph.url}/health/live`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
