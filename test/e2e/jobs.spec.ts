import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import { draftOfManyStates, MANY_STATES } from '../support/many-states.js';
import { ServerProcess } from '../support/server-process.js';

const LOOK = `query ($id: ID!) { storyProof(storyId: $id) { status states isComplete isSafe } }`;

describe('a job', () => {
  let dataDir: string;
  let server: ServerProcess;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir)).ready();
  }, 60_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'is done by the next server where %s ended the first one over it',
    async (signal) => {
      const { register } = await server.client.get(
        `mutation ($name: String!, $email: String!) { register(input: { username: $name, email: $email, password: "ink and paper" }) { accessToken } }`,
        { name: `author-${signal}`, email: `${signal}@example.org` },
      );
      const author = () => server.client.as(register.accessToken);
      const id = await draftOfManyStates(author());
      const proof = async () => (await author().get(LOOK, { id })).storyProof;
      await author().get(`mutation ($id: ID!) { proveStory(storyId: $id) { id } }`, { id });
      let at = await proof();
      while (at.status === 'QUEUED') {
        await setTimeout(5);
        at = await proof();
      }
      expect(at.status).toBe('RUNNING');
      await server.kill(signal);
      server = await (await ServerProcess.spawn(dataDir)).ready();
      let last = await proof();
      while (last.status === 'RUNNING') {
        await setTimeout(200);
        last = await proof();
      }
      expect(last).toEqual({ status: 'DONE', states: MANY_STATES, isComplete: true, isSafe: true });
    },
    90_000,
  );
});
