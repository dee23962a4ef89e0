import type { GraphqlClient } from './graphql-client.js';

const COUNTERS = ['a', 'b', 'c', 'd'];

/** How many states the room and the way out have. */
export const MANY_STATES = 21 ** COUNTERS.length + 1;

/** A room with four counters that only a full count gets a reader out of: a proof takes seconds. */
export async function draftOfManyStates(client: GraphqlClient): Promise<string> {
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
