import { setTimeout } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { GraphqlClient, GraphqlError } from './graphql-client.js';

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
export class PersistentReader {
  readonly acknowledged: Choice[] = [];
  /** How often a choice had no answer, and was sent again. */
  retries = 0;
  /** How long a choice took at most until it was acknowledged, in milliseconds. */
  longest = 0;
  #stopped = false;

  private constructor(
    private readonly token: string,
    private readonly storyId: string,
    private readonly progressId: string,
    private node: { id: string; choices: { id: string }[] },
  ) {}

  static async start(client: GraphqlClient, storyId: string): Promise<PersistentReader> {
    const { continueAsGuest } = await client.get('mutation { continueAsGuest { accessToken } }');
    const { startStory } = await client
      .as(continueAsGuest.accessToken)
      .get(
        `mutation ($storyId: ID!) { startStory(storyId: $storyId) { id currentNode { id choices { id } } } }`,
        { storyId },
      );
    return new PersistentReader(
      continueAsGuest.accessToken,
      storyId,
      startStory.id,
      startStory.currentNode,
    );
  }

  /** Chooses until stopped. @param pause between choices, in milliseconds */
  async playOn(client: () => GraphqlClient, pause = 0): Promise<void> {
    while (!this.#stopped) {
      await this.#choose(client, this.acknowledged.length % 2);
      if (pause > 0) await setTimeout(pause * (0.5 + Math.random()));
    }
  }

  /** Goes out of the loop. */
  async leave(client: () => GraphqlClient): Promise<void> {
    this.#stopped = false;
    while (this.node.choices.length > 0)
      await this.#choose(client, this.node.choices.length > 2 ? 2 : 0);
  }

  /** Whatever was acknowledged is there for the reader at once, wherever they ask. */
  async look(client: () => GraphqlClient): Promise<void> {
    const made = this.acknowledged.length;
    const answer = await client()
      .as(this.token)
      .send('query ($storyId: ID!) { storyProgress(storyId: $storyId) { step } }', {
        storyId: this.storyId,
      })
      .catch(() => undefined);
    const step = answer?.data?.storyProgress?.step as number | undefined;
    if (step === undefined) expectAway(answer);
    else expect(step).toBeGreaterThanOrEqual(made);
  }

  /** Sends a choice until it is answered, as a client would, or until stopped. */
  async #choose(client: () => GraphqlClient, place: number): Promise<void> {
    const step = this.acknowledged.length;
    const choice = { nodeId: this.node.id, choiceId: this.node.choices[place]!.id };
    const began = performance.now();
    while (!this.#stopped) {
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
        this.longest = Math.max(this.longest, performance.now() - began);
        return;
      }
      expectAway(answer);
      this.retries += 1;
      await setTimeout(50);
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

/** The server is gone, or its database is: nothing else may go wrong. */
function expectAway(answer: { readonly errors: readonly GraphqlError[] } | undefined): void {
  const codes = (answer?.errors ?? []).map(({ extensions }) => extensions.code);
  expect(['', 'SERVICE_UNAVAILABLE']).toContain(codes.join());
}

/**
 * Two rooms with two doors each, and a way out: one can go on forever.
 * @returns the story's id, and its author's access token
 */
export async function publishLoop(
  client: GraphqlClient,
): Promise<{ storyId: string; token: string }> {
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
  return { storyId: createStory.id as string, token: register.accessToken as string };
}
