import type { StoryDefinition } from './engine/core/definition.js';
import { toSimulation } from './engine/simulation/simulation.type.js';
import type { SimulationOutcome } from './engine/story.tasks.js';
import { encodeId } from './graphql/ids.js';

/** A simulation as the API tells it, with the keys of nodes and the letters of choices beside their ids. */
export function withNames(outcome: SimulationOutcome, { nodes }: StoryDefinition) {
  const keys = new Map(nodes.map(({ id, key }) => [encodeId('node', id), key]));
  const choices = new Map(
    nodes.flatMap(({ key: nodeKey, choices }) =>
      choices.map(({ id, letter }) => [encodeId('choice', id), { nodeKey, letter }]),
    ),
  );
  const ofNode = <Told extends { readonly nodeId: string }>({ nodeId, ...told }: Told) => ({
    ...{ nodeId, nodeKey: keys.get(nodeId) },
    ...told,
  });
  const ofChoice = (choiceId: string) => ({ choiceId, ...choices.get(choiceId) });
  const simulation = toSimulation(outcome);
  return {
    ...simulation,
    stuckPath: simulation.stuckPath?.map(ofChoice) ?? null,
    endings: simulation.endings.map(ofNode),
    leastVisited: simulation.leastVisited.map(ofNode),
    nodes: simulation.nodes.map(ofNode),
    choices: simulation.choices.map(({ choiceId, ...told }) => ({
      ...ofChoice(choiceId),
      ...told,
    })),
  };
}
