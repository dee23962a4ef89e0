import type { GraphqlClient } from './graphql-client.js';

export interface Standing {
  readonly id: string;
  readonly step: number;
  readonly isCompleted: boolean;
  readonly currentNode: {
    readonly id: string;
    readonly key: string;
    readonly choices: readonly { readonly id: string; readonly letter: string }[];
  };
}

/** Picks the choice to make; `visits` counts how often the reader has been at the node. */
export type Strategy = (standing: Standing, visits: number) => string;

const STANDING = 'id step isCompleted currentNode { id key choices { id letter } }';
const MOST_STEPS = 300;

/** Prefers one letter, and tries the next one on every return to a node, so that loops are left. */
export const byLetter =
  (letter: string): Strategy =>
  ({ currentNode: { choices } }, visits) => {
    const preferred = Math.max(
      choices.findIndex((choice) => choice.letter === letter),
      0,
    );
    return choices[(preferred + visits - 1) % choices.length]!.id;
  };

/** Starts or resumes a story and plays until it ends. @returns how it stands then */
export async function playToEnding(
  reader: GraphqlClient,
  storyId: string,
  strategy: Strategy,
): Promise<Standing> {
  const { startStory } = await reader.get<{ startStory: Standing }>(
    `mutation ($storyId: ID!) { startStory(storyId: $storyId) { ${STANDING} } }`,
    { storyId },
  );
  let standing = startStory;
  const visits = new Map<string, number>();
  while (!standing.isCompleted) {
    if (standing.step > MOST_STEPS) throw new Error(`no ending after ${MOST_STEPS} steps`);
    const node = standing.currentNode;
    visits.set(node.id, (visits.get(node.id) ?? 0) + 1);
    const { makeChoice } = await reader.get<{ makeChoice: { progress: Standing } }>(
      `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) { progress { ${STANDING} } } }`,
      {
        input: {
          progressId: standing.id,
          currentNodeId: node.id,
          choiceId: strategy(standing, visits.get(node.id)!),
          step: standing.step,
        },
      },
    );
    standing = makeChoice.progress;
  }
  return standing;
}
