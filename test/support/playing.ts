import type { DataSource } from 'typeorm';
import type { MadeStory } from './factory.js';
import type { GraphqlClient } from './graphql-client.js';
import { keyOf } from './player.js';

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

/** Makes all that was done in a playthrough lie further back. @param pause as in `2 minutes` */
export async function letPass(
  database: DataSource,
  progressId: string,
  pause: string,
): Promise<void> {
  for (const change of [
    'UPDATE user_progress SET start_time = start_time - $2::interval WHERE progress_id = $1',
    'UPDATE progress_steps SET at = at - $2::interval WHERE progress_id = $1',
  ])
    await database.query(change, [keyOf(progressId), pause]);
}
