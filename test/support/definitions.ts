import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
} from '../../src/engine/core/definition.js';

/**
 * A story for the engine: each node's key with the keys that its choices lead to. The first node is the start, those
 * without choices are good endings. Node ids are 1, 2, 3, ... and choice ids 101, 102, 103, ... in order of writing;
 * the first choice of a node has consequences.
 */
export function storyOf(shape: Readonly<Record<string, readonly string[]>>): StoryDefinition {
  const keys = Object.keys(shape);
  let choiceId = 100;
  const nodes = keys.map((key, i): NodeDefinition => {
    const targets = shape[key]!;
    return {
      id: i + 1,
      key,
      title: `Title of ${key}`,
      content: `Text of ${key}.`,
      type: targets.length === 0 ? 'ending' : 'choice',
      isStart: i === 0,
      endingKind: targets.length === 0 ? 'good' : null,
      choices: targets.map((target, place) => ({
        id: ++choiceId,
        letter: String.fromCharCode(65 + place),
        text: `Go to ${target}`,
        consequences: place === 0 ? `You go to ${target}.` : null,
        to: keys.includes(target) ? keys.indexOf(target) + 1 : null,
      })),
    };
  });
  return { nodes };
}

export const nodeOf = ({ nodes }: StoryDefinition, key: string): NodeDefinition =>
  nodes.find((node) => node.key === key)!;

/** The choice of one node that leads to another, by their keys. */
export const choiceOf = (story: StoryDefinition, from: string, to: string): ChoiceDefinition =>
  nodeOf(story, from).choices.find((choice) => choice.to === nodeOf(story, to).id)!;

/** The same story with one node changed. */
export const withNode = (
  { nodes }: StoryDefinition,
  key: string,
  changes: Partial<NodeDefinition>,
): StoryDefinition => ({
  nodes: nodes.map((node) => (node.key === key ? { ...node, ...changes } : node)),
});

/** The same story with one choice changed, which its node and its place there, from 0, name. */
export const withChoice = (
  story: StoryDefinition,
  key: string,
  place: number,
  changes: Partial<ChoiceDefinition>,
): StoryDefinition =>
  withNode(story, key, {
    choices: nodeOf(story, key).choices.map((choice, i) =>
      i === place ? { ...choice, ...changes } : choice,
    ),
  });
