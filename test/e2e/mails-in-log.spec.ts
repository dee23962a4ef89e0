import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { ServerProcess } from '../support/server-process.js';

jest.setTimeout(90_000);

describe('without a mail server', () => {
  let dataDir: string;
  let server: ServerProcess;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir, { LOG_LEVEL: 'info' })).ready();
  });
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  it('mails are written to the log in full, and their links work', async () => {
    await server.client.get(
      `mutation { register(input: { username: "ada", email: "ada@example.org", password: "long enough" }) { expiresIn } }`,
    );
    await server.printed('Confirm your e-mail address');
    await server.printed('#token=');
    const token = /#token=([\w-]{43})/.exec(server.output)?.[1];
    expect(
      await server.client.get('mutation ($token: String!) { confirmEmail(token: $token) }', {
        token,
      }),
    ).toEqual({ confirmEmail: true });
  });
});
