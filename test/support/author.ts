import { setTimeout } from 'node:timers/promises';
import type { MadeStory, Person } from './factory.js';
import type { GraphqlClient } from './graphql-client.js';

const DRAFT_NODE = `query ($storyId: ID!, $key: String!) {
  story(id: $storyId) { draft { node(key: $key) { id revision choices { id revision toNode { key } } } } }
}`;
const UPDATE_NODE = `mutation ($id: ID!, $input: UpdateNodeInput!) { updateNode(id: $id, input: $input) { id } }`;
const ADD_NODE = `mutation ($storyId: ID!, $input: AddNodeInput!) { addNode(storyId: $storyId, input: $input) { id } }`;
const DELETE_NODE = `mutation ($id: ID!) { deleteNode(id: $id) }`;
const UPDATE_CHOICE = `mutation ($id: ID!, $input: UpdateChoiceInput!) { updateChoice(id: $id, input: $input) { id } }`;
const ADD_CHOICE = `mutation ($fromNodeId: ID!, $input: AddChoiceInput!) { addChoice(fromNodeId: $fromNodeId, input: $input) { id } }`;
const DELETE_CHOICE = `mutation ($id: ID!) { deleteChoice(id: $id) }`;
const UPDATE_STORY = `mutation ($id: ID!, $input: UpdateStoryInput!) { updateStory(id: $id, input: $input) { id } }`;
const DEFINE_STORY = `mutation ($id: ID!, $revision: Int!, $input: StorySchemaInput!) { defineStory(storyId: $id, revision: $revision, input: $input) { id } }`;
const PUBLISH = `mutation ($id: ID!, $input: PublishStoryInput) { publishStory(id: $id, input: $input) { id } }`;
const MOVES = `query ($id: ID!) { playthroughMoves(storyId: $id) { nodes {
  id status moved staying failed finishedAt obstacles { obstacle playthroughs } version { number } } } }`;
const STORY_REVISION = `query ($id: ID!) { story(id: $id) { revision } }`;

/** Someone who works on one story, over the API; nodes and choices go by their keys. */
export class Author {
  readonly client: GraphqlClient;

  constructor(
    anonymous: GraphqlClient,
    person: Person,
    private readonly story: MadeStory,
  ) {
    this.client = anonymous.as(person.token);
  }

  async updateNode(key: string, changes: object): Promise<void> {
    const { id, revision } = await this.#node(key);
    await this.client.get(UPDATE_NODE, { id, input: { ...changes, revision } });
  }

  /** @returns its id */
  async addNode(input: object): Promise<string> {
    const { addNode } = await this.client.get(ADD_NODE, { storyId: this.story.id, input });
    return addNode.id;
  }

  async deleteNode(key: string): Promise<void> {
    await this.client.get(DELETE_NODE, { id: (await this.#node(key)).id });
  }

  async updateChoice(from: string, to: string, changes: object): Promise<void> {
    const { id, revision } = await this.#choice(from, to);
    await this.client.get(UPDATE_CHOICE, { id, input: { ...changes, revision } });
  }

  /** @returns its id */
  async addChoice(from: string, input: object): Promise<string> {
    const fromNodeId = (await this.#node(from)).id;
    return (await this.client.get(ADD_CHOICE, { fromNodeId, input })).addChoice.id;
  }

  async deleteChoice(from: string, to: string): Promise<void> {
    await this.client.get(DELETE_CHOICE, { id: (await this.#choice(from, to)).id });
  }

  async updateStory(changes: object): Promise<void> {
    const { id } = this.story;
    const { revision } = (await this.client.get(STORY_REVISION, { id })).story;
    await this.client.get(UPDATE_STORY, { id, input: { ...changes, revision } });
  }

  /** Replaces what the story declares. */
  async define(input: object): Promise<void> {
    const { id } = this.story;
    const { revision } = (await this.client.get(STORY_REVISION, { id })).story;
    await this.client.get(DEFINE_STORY, { id, revision, input });
  }

  async publish(input?: object): Promise<void> {
    await this.client.get(PUBLISH, { id: this.story.id, input });
  }

  /** The moves of the readers, newest first, once all are done. */
  async moves(): Promise<any[]> {
    for (;;) {
      const { playthroughMoves } = await this.client.get(MOVES, { id: this.story.id });
      if (playthroughMoves.nodes.every(({ status }: any) => !/QUEUED|RUNNING/.test(status)))
        return playthroughMoves.nodes;
      await setTimeout(50);
    }
  }

  async unpublish(): Promise<void> {
    await this.#storyCall('unpublishStory');
  }

  async deleteStory(): Promise<void> {
    await this.client.get(`mutation ($id: ID!) { deleteStory(id: $id) }`, { id: this.story.id });
  }

  async #storyCall(mutation: string): Promise<void> {
    await this.client.get(`mutation ($id: ID!) { ${mutation}(id: $id) { id } }`, {
      id: this.story.id,
    });
  }

  async #node(key: string): Promise<any> {
    const data = await this.client.get(DRAFT_NODE, { storyId: this.story.id, key });
    return data.story.draft.node;
  }

  async #choice(from: string, to: string): Promise<any> {
    const { choices } = await this.#node(from);
    return choices.find(({ toNode }: any) => toNode?.key === to);
  }
}
