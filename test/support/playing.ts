import type { MadeStory } from './factory.js';
import type { GraphqlClient } from './graphql-client.js';

const START = `mutation ($storyId: ID!) { startStory(storyId: $storyId, input: { restart: true }) { id } }`;

const CHOOSE = `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { isEnding } }`;

/** Begins a playthrough and takes the way past the nodes with these keys, the start first. @returns its id */
export async function play(
  reader: GraphqlClient,
  story: MadeStory,
  keys: readonly string[],
): Promise<string> {
  const { startStory } = await reader.get(START, { storyId: story.id });
  for (const [step, to] of keys.slice(1).entries()) {
    await choose(reader, story, { progressId: startStory.id, step, from: keys[step]!, to });
  }
  return startStory.id;
}

export async function choose(
  reader: GraphqlClient,
  story: MadeStory,
  { progressId, step, from, to }: { progressId: string; step: number; from: string; to: string },
): Promise<void> {
  await reader.get(CHOOSE, {
    input: {
      progressId,
      step,
      currentNodeId: story.node(from),
      choiceId: story.choice(from, to),
    },
  });
}
