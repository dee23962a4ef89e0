import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir } from '../support/data-dir.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { ServerProcess } from '../support/server-process.js';

const READERS = 8;
const CHOOSE = `mutation ($input: MakeChoiceInput!) {
  makeChoice(input: $input) { progress { step currentNode { id choices { id } } } }
}`;
const CHOICES = `query ($storyId: ID!, $after: String) {
  storyProgress(storyId: $storyId) {
    step
    currentNode { id }
    choicesMade(first: 100, after: $after) { nodes { step nodeId choiceId } pageInfo { hasNextPage endCursor } }
  }
}`;

interface Choice {
  readonly nodeId: string;
  readonly choiceId: string;
}

interface KeptChoices {
  readonly step: number;
  readonly choicesMade: {
    readonly nodes: readonly (Choice & { readonly step: number })[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** A reader who never stops choosing, and remembers every choice that was acknowledged. */
class Reader {
  readonly acknowledged: Choice[] = [];
  #stopped = false;

  private constructor(
    private readonly token: string,
    private readonly storyId: string,
    private readonly progressId: string,
    private node: { id: string; choices: { id: string }[] },
  ) {}

  static async start(client: GraphqlClient, storyId: string): Promise<Reader> {
    const { continueAsGuest } = await client.get('mutation { continueAsGuest { accessToken } }');
    const { startStory } = await client
      .as(continueAsGuest.accessToken)
      .get(
        `mutation ($storyId: ID!) { startStory(storyId: $storyId) { id currentNode { id choices { id } } } }`,
        { storyId },
      );
    return new Reader(continueAsGuest.accessToken, storyId, startStory.id, startStory.currentNode);
  }

  /** Chooses until stopped; a choice without an answer is sent again, as a client would. */
  async playOn(client: () => GraphqlClient): Promise<void> {
    while (!this.#stopped) {
      const step = this.acknowledged.length;
      const choice = { nodeId: this.node.id, choiceId: this.node.choices[step % 2]!.id };
      const answer = await client()
        .as(this.token)
        .send(CHOOSE, {
          input: {
            progressId: this.progressId,
            currentNodeId: choice.nodeId,
            choiceId: choice.choiceId,
            step,
          },
        })
        .catch(() => undefined);
      const made = answer?.data?.makeChoice;
      if (made) {
        expect(made.progress.step).toBe(step + 1);
        this.acknowledged.push(choice);
        this.node = made.progress.currentNode;
      } else {
        // Gone, or its database is: nothing else may go wrong.
        const codes = (answer?.errors ?? []).map(({ extensions }) => extensions.code);
        expect(['', 'SERVICE_UNAVAILABLE']).toContain(codes.join());
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Everything acknowledged is there, once and in order; at most one choice more, whose answer was lost. */
  async expectNothingLost(client: GraphqlClient): Promise<void> {
    const kept: Choice[] = [];
    let after: string | null = null;
    let step = -1;
    do {
      const { storyProgress }: { storyProgress: KeptChoices } = await client
        .as(this.token)
        .get(CHOICES, { storyId: this.storyId, after });
      const { nodes, pageInfo }: KeptChoices['choicesMade'] = storyProgress.choicesMade;
      for (const { step: place, ...choice } of nodes) {
        expect(place).toBe(kept.length);
        kept.push(choice);
      }
      step = storyProgress.step;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(kept.slice(0, this.acknowledged.length)).toEqual(this.acknowledged);
    expect(kept.length - this.acknowledged.length).toBeLessThanOrEqual(1);
    expect(step).toBe(kept.length);
  }
}

/** Two rooms with two doors each: one can go on forever. */
async function publishLoop(client: GraphqlClient): Promise<string> {
  const { register } = await client.get(
    `mutation { register(input: { username: "author", email: "a@example.org", password: "ink and paper" }) { accessToken } }`,
  );
  const author = client.as(register.accessToken);
  const { createStory } = await author.get(
    `mutation { createStory(input: { title: "Loop", description: "Round.", category: "test", difficultyLevel: EASY }) { id } }`,
  );
  const { east, west, out } = await author.get(
    `mutation ($id: ID!) {
       east: addNode(storyId: $id, input: { title: "East", content: "East.", type: CHOICE }) { id }
       west: addNode(storyId: $id, input: { title: "West", content: "West.", type: CHOICE }) { id }
       out: addNode(storyId: $id, input: { title: "Out", content: "Out.", type: ENDING }) { id }
     }`,
    { id: createStory.id },
  );
  await author.get(
    `mutation ($id: ID!, $east: ID!, $west: ID!, $out: ID!) {
       a: addChoice(fromNodeId: $east, input: { text: "West", toNodeId: $west }) { id }
       b: addChoice(fromNodeId: $east, input: { text: "Stay", toNodeId: $east }) { id }
       c: addChoice(fromNodeId: $east, input: { text: "Out", toNodeId: $out }) { id }
       d: addChoice(fromNodeId: $west, input: { text: "East", toNodeId: $east }) { id }
       e: addChoice(fromNodeId: $west, input: { text: "Stay", toNodeId: $west }) { id }
       publishStory(id: $id) { id }
     }`,
    { id: createStory.id, east: east.id, west: west.id, out: out.id },
  );
  return createStory.id as string;
}

describe('a crash in a stream of choices', () => {
  let dataDir: string;
  let server: ServerProcess;
  let storyId: string;
  beforeAll(async () => {
    dataDir = newDataDir();
    server = await (await ServerProcess.spawn(dataDir)).ready();
    storyId = await publishLoop(server.client);
  }, 60_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  const playThrough = async (crash: () => Promise<void>) => {
    const readers = await Promise.all(
      Array.from({ length: READERS }, () => Reader.start(server.client, storyId)),
    );
    const playing = readers.map((reader) => reader.playOn(() => server.client));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await crash();
    const soFar = readers.map(({ acknowledged }) => acknowledged.length);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const reader of readers) reader.stop();
    await Promise.all(playing);
    readers.forEach(({ acknowledged }, i) => {
      expect(soFar[i]).toBeGreaterThan(0);
      expect(acknowledged.length).toBeGreaterThan(soFar[i]!);
    });
    for (const reader of readers) await reader.expectNothingLost(server.client);
  };

  it('of the server loses no acknowledged choice, and makes none twice', async () => {
    await playThrough(async () => {
      expect(await server.kill('SIGKILL')).toBe('SIGKILL');
      server = await (await ServerProcess.spawn(dataDir)).ready();
    });
  }, 120_000);

  it('of the database loses no acknowledged choice, and the server brings it back', async () => {
    await playThrough(async () => {
      const pid = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]!;
      execFileSync('kill', ['-9', pid]);
      await server.printed('PostgreSQL is back');
    });
  }, 120_000);
});
