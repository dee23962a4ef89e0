import fc from 'fast-check';
import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
} from '../../src/engine/core/definition.js';

const MOST_NODES = 12;

/** The id of the node at `index`: neither dense nor from 0, as ids of a database are. */
const nodeIdAt = (index: number) => 1000 - 7 * index;

const choiceIdAt = (nodeIndex: number, place: number) => 5000 + 10 * nodeIndex + place;

const text = fc.constantFrom('', ' ', 'It is dark.', '*Run!*');

/** A target by its node's index: some node, or now and then nothing, or a node that is not there. */
const target = (count: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.nat({ max: count - 1 }).map(nodeIdAt) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(nodeIdAt(count)) },
  );

const choiceAmong = (count: number) =>
  fc.record({
    letter: fc.constantFrom('A', 'B', 'C', 'D'),
    text,
    consequences: fc.option(text),
    to: target(count),
  });

const nodeAt = (index: number, count: number): fc.Arbitrary<NodeDefinition> =>
  fc
    .record({
      key: fc.constantFrom('1', '2', '2A', '2B', '3', '4', '5', '6'),
      title: text,
      content: text,
      type: fc.constantFrom('story', 'choice', 'choice', 'ending'),
      isStart: fc.nat({ max: 3 }).map((n) => n === 0),
      endingKind: fc.constantFrom(null, 'good', 'neutral', 'bad', 'secret'),
      choices: fc.array(choiceAmong(count), { maxLength: 4 }),
    })
    .map((node) => ({
      ...node,
      id: nodeIdAt(index),
      choices: node.choices.map((choice, place) => ({ ...choice, id: choiceIdAt(index, place) })),
    }));

/**
 * Any story at all: none, one or several starts, keys and letters given twice, open choices and choices to nodes that
 * are not there, loops, dead ends, islands, endings with choices.
 */
export const anyStory: fc.Arbitrary<StoryDefinition> = fc
  .nat({ max: MOST_NODES })
  .chain((count) =>
    fc.record({ nodes: fc.tuple(...Array.from({ length: count }, (_, i) => nodeAt(i, count))) }),
  );

/** A story without structural errors, though with loops, islands and endings that have choices. */
export const soundStory: fc.Arbitrary<StoryDefinition> = anyStory
  .filter(({ nodes }) => nodes.length > 0)
  .map(({ nodes }) => ({ nodes: nodes.map((node, index) => mended(node, index, nodes.length)) }));

/** Every node leads on towards the last one, which is an ending; its other choices may lead anywhere. */
function mended(node: NodeDefinition, index: number, count: number): NodeDefinition {
  const isLast = index === count - 1;
  const onwards: ChoiceDefinition = {
    id: choiceIdAt(index, 9),
    letter: '',
    text: 'Go on',
    consequences: null,
    to: isLast ? nodeIdAt(0) : nodeIdAt(index + 1),
  };
  const choices = [...node.choices, onwards].map((choice, place) => ({
    ...choice,
    letter: String.fromCharCode(65 + place),
    to: choice.to === null || choice.to === nodeIdAt(count) ? nodeIdAt(0) : choice.to,
  }));
  return {
    ...node,
    key: `${index + 1}`,
    isStart: index === 0,
    type: isLast ? 'ending' : node.type,
    choices: isLast ? choices.slice(0, -1) : choices,
  };
}
