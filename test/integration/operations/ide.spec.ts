import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';

describe('the IDE', () => {
  let talegraph: TestApp;
  let html: string;
  let page: Response;
  beforeAll(async () => {
    talegraph = await startApp();
    page = await fetch(`${talegraph.url}/graphql`, { headers: { accept: 'text/html' } });
    html = await page.text();
  });
  afterAll(() => talegraph.close());

  /** The addresses of the files that the page loads, made whole as a browser does. */
  function assets(): URL[] {
    const [, base = '/'] = /<base href="([^"]*)"/.exec(html) ?? [];
    const tags = html.match(/<(script|link|img)\b[^>]*>/g) ?? [];
    const addresses = tags.flatMap((tag) => /\b(?:src|href)="([^"]*)"/.exec(tag)?.[1] ?? []);
    return addresses.map((address) => new URL(address, new URL(base, `${talegraph.url}/graphql`)));
  }

  it('is the page that a browser gets at /graphql', () => {
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(html).toMatch(/^<!doctype html>/i);
  });

  it('is where / leads a browser', async () => {
    const home = await fetch(`${talegraph.url}/`, { redirect: 'manual' });
    expect(home.status).toBe(302);
    expect(home.headers.get('location')).toBe('/graphql');
  });

  it('has no icon beside its pages, and says so without an error', async () => {
    const icon = await fetch(`${talegraph.url}/favicon.ico`);
    expect(icon.status).toBe(204);
    expect(icon.headers.get('cache-control')).toBe('public, max-age=86400');
  });

  it('loads every file from this server', async () => {
    const addresses = assets();
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      expect(address.origin).toBe(talegraph.url);
      const { status, headers, body } = await fetch(address);
      // A body that nobody reads would keep its connection open.
      await body?.cancel();
      expect({ address: address.pathname, status }).toEqual({
        address: address.pathname,
        status: 200,
      });
      const type = headers.get('content-type')!;
      if (address.pathname.endsWith('.js')) expect(type).toMatch(/^(text|application)\/javascript/);
      if (address.pathname.endsWith('.css')) expect(type).toMatch(/^text\/css/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('names no other host', () => {
    const hosts = [...html.matchAll(/\bhttps?:\/\/[^\s"'<>]+/g)].map(([address]) => address);
    expect(hosts.filter((address) => !address.startsWith(talegraph.url))).toEqual([]);
    expect(html).not.toMatch(/(src|href)="\/\//);
  });

  it('has no script in its page that the security policy would stop', () => {
    const policy = page.headers.get('content-security-policy')!;
    const scripts = /(?:^|;)\s*script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(scripts).not.toContain('http');
    expect(scripts).not.toContain('*');
    const inline = html.match(/<script\b(?![^>]*\bsrc=)[^>]*>/g) ?? [];
    if (!scripts.includes("'unsafe-inline'")) expect(inline).toEqual([]);
    expect(html).not.toMatch(/<[^>]+\son\w+=/);
  });

  it('is not in the way of an API client at the same address', async () => {
    const response = await fetch(`${talegraph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/html, */*' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('serves nothing outside its own folder', async () => {
    for (const path of [
      '..%2f..%2fpackage.json',
      '%2e%2e/%2e%2e/package.json',
      '..\\package.json',
    ]) {
      const { status, body } = await fetch(`${talegraph.url}/graphql/ide/${path}`);
      await body?.cancel();
      expect([400, 403, 404]).toContain(status);
    }
  });
});
