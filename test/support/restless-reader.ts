import { setTimeout } from 'node:timers/promises';
import type { GraphqlClient } from './graphql-client.js';

const NODE = 'id choices { id }';
const START = `mutation ($storyId: ID!) {
  startStory(storyId: $storyId, input: { restart: true }) { id currentNode { ${NODE} } }
}`;
const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { nextNode { ${NODE} } } }`;

interface Node {
  readonly id: string;
  readonly choices: readonly { readonly id: string }[];
}

/** A reader who plays a story over and over, by chance, whatever becomes of the server. */
export class RestlessReader {
  /** How many choices were answered. */
  acknowledged = 0;
  #stopped = false;

  private constructor(
    private readonly client: () => GraphqlClient,
    private readonly token: string,
    private readonly storyId: string,
  ) {}

  /** @param client to the server that runs now */
  static async register(client: () => GraphqlClient, storyId: string): Promise<RestlessReader> {
    const { continueAsGuest } = await client().get('mutation { continueAsGuest { accessToken } }');
    return new RestlessReader(client, continueAsGuest.accessToken, storyId);
  }

  async playOn(): Promise<void> {
    // A server that is gone ends a playthrough; the reader begins another one.
    while (!this.#stopped) await this.#playOnce().catch(() => setTimeout(50));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #playOnce(): Promise<void> {
    const { startStory } = await this.#send(START, { storyId: this.storyId });
    let node: Node = startStory.currentNode;
    for (let step = 0; node.choices.length > 0 && !this.#stopped; step++) {
      const choice = node.choices[Math.floor(Math.random() * node.choices.length)]!;
      const input = {
        progressId: startStory.id,
        currentNodeId: node.id,
        choiceId: choice.id,
        step,
      };
      const { makeChoice } = await this.#send(CHOOSE, { input });
      this.acknowledged += 1;
      node = makeChoice.nextNode;
    }
  }

  #send(query: string, variables: object): Promise<any> {
    return this.client().as(this.token).get(query, variables);
  }
}

/** Two rooms that lead to each other and to an end each. @returns the id of the story */
export async function publishMaze(client: GraphqlClient): Promise<string> {
  const { register } = await client.get(
    `mutation { register(input: { username: "author", email: "a@example.org", password: "ink and paper" }) { accessToken } }`,
  );
  const author = client.as(register.accessToken);
  const { createStory } = await author.get(
    `mutation { createStory(input: { title: "Maze", description: "Round.", category: "test", difficultyLevel: EASY }) { id revision } }`,
  );
  await author.get(
    `mutation ($id: ID!, $revision: Int!) {
       defineStory(storyId: $id, revision: $revision, input: { artifacts: [{ key: "lamp", name: "Lamp" }] }) { id }
     }`,
    createStory,
  );
  const rooms = await author.get(
    `mutation ($id: ID!) {
       east: addNode(storyId: $id, input: { title: "East", content: "East.", type: CHOICE }) { id }
       west: addNode(storyId: $id, input: { title: "West", content: "West.", type: CHOICE, effects: [{ op: AWARD, target: "lamp" }] }) { id }
       day: addNode(storyId: $id, input: { title: "Day", content: "Day.", type: ENDING }) { id }
       night: addNode(storyId: $id, input: { title: "Night", content: "Night.", type: ENDING }) { id }
     }`,
    { id: createStory.id },
  );
  await author.get(
    `mutation ($id: ID!, $east: ID!, $west: ID!, $day: ID!, $night: ID!) {
       a: addChoice(fromNodeId: $east, input: { text: "West", toNodeId: $west }) { id }
       b: addChoice(fromNodeId: $east, input: { text: "Stay", toNodeId: $east }) { id }
       c: addChoice(fromNodeId: $east, input: { text: "Out", toNodeId: $day }) { id }
       d: addChoice(fromNodeId: $west, input: { text: "East", toNodeId: $east }) { id }
       e: addChoice(fromNodeId: $west, input: { text: "Out", toNodeId: $night }) { id }
       publishStory(id: $id) { id }
     }`,
    {
      id: createStory.id,
      east: rooms.east.id,
      west: rooms.west.id,
      day: rooms.day.id,
      night: rooms.night.id,
    },
  );
  return createStory.id as string;
}
