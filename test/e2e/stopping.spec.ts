import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { freePort, ServerProcess } from '../support/server-process.js';

const REGISTER = `mutation ($name: String!, $email: String!) {
  register(input: { username: $name, email: $email, password: "ink and paper" }) { user { username } }
}`;

describe('a server that is told to stop with a job in hand', () => {
  let dataDir: string;
  let mailServer: Server;
  let server: ServerProcess;
  let held: Socket;
  let toldAt: number;
  let ended: Promise<number | string>;
  beforeAll(async () => {
    dataDir = newDataDir();
    const port = await freePort();
    // It says nothing, so a mail stays in hand until the server gives it up.
    mailServer = createServer((socket) => (held = socket));
    await once(mailServer.listen(port, '127.0.0.1'), 'listening');
    const env = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'stories@example.org' };
    server = await (await ServerProcess.spawn(dataDir, env)).ready();
    await Promise.all([once(mailServer, 'connection'), register('first')]);
    toldAt = Date.now();
    ended = server.kill('SIGTERM');
    await setTimeout(200);
  }, 60_000);
  afterAll(async () => {
    await ended;
    held.destroy();
    mailServer.close();
    removeDataDir(dataDir);
  }, 30_000);

  const register = async (username: string) => {
    const { register: registered } = await server.client.get(REGISTER, {
      name: username,
      email: `${username}@example.org`,
    });
    expect(registered).toEqual({ user: { username } });
  };

  const health = async (path: 'live' | 'ready') => {
    const response = await fetch(`${server.url}/health/${path}`);
    const { error } = (await response.json()) as { error: object };
    return { status: response.status, error };
  };

  it('is not ready at once, though it lives', async () => {
    expect(await health('ready')).toEqual({
      status: 503,
      error: { server: { status: 'down', message: 'stops' } },
    });
    expect(await health('live')).toEqual({ status: 200, error: {} });
  });

  it('serves until what it has in hand is given up, and ends', async () => {
    let served = 0;
    const isServed = () =>
      register(`reader${served}`).then(
        () => true,
        () => false,
      );
    while (await isServed()) served++;
    expect(served).toBeGreaterThan(0);
    expect(Date.now() - toldAt).toBeGreaterThan(4500);
    expect(await ended).toBe('SIGTERM');
  }, 30_000);
});
