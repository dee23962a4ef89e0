import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { ServerProcess } from '../support/server-process.js';

const COUNTERS = ['a', 'b', 'c', 'd'];
const LOOK = `query ($id: ID!) { storyProof(storyId: $id) { status states isComplete isSafe } }`;

/** A room with four counters that only a full count gets a reader out of: a proof takes seconds. */
async function draftOfManyStates(client: GraphqlClient): Promise<string> {
  const { createStory } = await client.get(
    `mutation { createStory(input: { title: "Count", description: "Up.", category: "test", difficultyLevel: EASY }) { id revision } }`,
  );
  const { id, revision } = createStory;
  await client.get(
    `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) { defineStory(storyId: $id, revision: $revision, input: $input) { id } }`,
    {
      id,
      revision,
      input: {
        variables: COUNTERS.map((name) => ({ name, type: 'INT', initial: 0, min: 0, max: 20 })),
      },
    },
  );
  const { room, out } = await client.get(
    `mutation ($id: ID!) {
       room: addNode(storyId: $id, input: { title: "Room", content: "Count.", type: CHOICE }) { id }
       out: addNode(storyId: $id, input: { title: "Out", content: "Out.", type: ENDING }) { id }
     }`,
    { id },
  );
  const choices = [
    ...COUNTERS.map((target) => ({
      toNodeId: room.id,
      effects: [{ op: 'ADD', target, value: '1' }],
    })),
    { toNodeId: out.id, condition: 'a + b + c + d == 80' },
  ];
  for (const choice of choices) {
    await client.get(
      `mutation ($from: ID!, $input: AddChoiceInput!) { addChoice(fromNodeId: $from, input: $input) { id } }`,
      { from: room.id, input: { text: 'Count.', ...choice } },
    );
  }
  return id as string;
}

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
      for (let at = await proof(); at.states === 0; at = await proof()) {
        expect(at.status).toMatch(/QUEUED|RUNNING/);
        await setTimeout(20);
      }
      expect((await proof()).status).toBe('RUNNING');
      await server.kill(signal);
      server = await (await ServerProcess.spawn(dataDir)).ready();
      let last = await proof();
      while (last.status === 'RUNNING') {
        await setTimeout(200);
        last = await proof();
      }
      expect(last).toEqual({ status: 'DONE', states: 21 ** 4 + 1, isComplete: true, isSafe: true });
    },
    90_000,
  );
});
