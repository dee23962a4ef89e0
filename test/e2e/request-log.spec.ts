import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { postGraphql } from '../support/http.js';
import { Installation } from '../support/installation.js';

jest.setTimeout(90_000);

describe('the log of requests', () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start({ LOG_LEVEL: 'info', TRUST_PROXY: '127.0.0.1' });
  });
  afterAll(() => installation.stop());

  /** The lines that name a request, once the last of them is there. */
  const linesOf = async (id: string): Promise<Record<string, unknown>[]> => {
    const { server } = installation;
    while (!new RegExp(`"${id}".*"msg":"request`).test(server.output))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const lines = server.output.split('\n').filter((line) => line.includes(`"${id}"`));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('has a line for each, without queries, headers and bodies', async () => {
    const { server } = installation;
    const answer = await fetch(`${server.url}/nowhere?token=secret`, {
      headers: { 'x-request-id': 'request-1', 'x-forwarded-for': '203.0.113.7' },
    });
    expect(answer.status).toBe(404);
    expect(await linesOf('request-1')).toEqual([
      {
        ...{ level: 30, time: expect.any(Number), pid: expect.any(Number) },
        hostname: expect.any(String),
        req: { id: 'request-1', method: 'GET', url: '/nowhere', remoteAddress: '203.0.113.7' },
        res: { statusCode: 404 },
        responseTime: expect.any(Number),
        msg: 'request completed',
      },
    ]);
    expect(server.output).not.toContain('secret');
  });

  it('tells of a client that went before it was answered', async () => {
    const asking = request(`${installation.server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': 100,
        'x-request-id': 'request-2',
      },
    });
    asking.on('error', () => undefined);
    // All that comes of the body: the server waits for the rest.
    asking.write('{', () => setTimeout(() => asking.destroy(), 200));
    expect(await linesOf('request-2')).toContainEqual(
      expect.objectContaining({ msg: 'request aborted' }),
    );
  });

  it('names the request in whatever is logged while it is answered', async () => {
    const { server, sql } = installation;
    await sql.query('ALTER TABLE stories RENAME TO away');
    const asked = { query: '{ storyCategories { name } }' };
    const { body } = await postGraphql(server.url, asked, { 'x-request-id': 'request-3' });
    await sql.query('ALTER TABLE away RENAME TO stories');
    expect(body.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(await linesOf('request-3')).toMatchObject([
      { level: 50, context: 'GraphQL', msg: expect.stringContaining('does not exist') },
      { level: 30, req: { id: 'request-3', method: 'POST', url: '/graphql' } },
    ]);
  });

  it('has none for probes', async () => {
    const { server } = installation;
    for (const path of ['/health/live', '/metrics'])
      await fetch(`${server.url}${path}`, { headers: { 'x-request-id': 'request-4' } });
    await fetch(`${server.url}/nowhere`, { headers: { 'x-request-id': 'request-5' } });
    await linesOf('request-5');
    expect(server.output).not.toContain('request-4');
  });
});
