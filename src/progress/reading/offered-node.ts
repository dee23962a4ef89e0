import { closed } from '../../engine/core/machine.js';
import type { PlayState } from '../../engine/core/play.js';
import { readMemory } from '../../engine/core/state.js';
import { encodeId } from '../../graphql/ids.js';
import { toChoice } from '../../publishing/reader/reader-choice.js';
import { StoryNode, type Choice } from '../../publishing/reader/reader-node.type.js';
import { noSuchStory } from '../../stories/story.errors.js';
import type { Reading } from './reading.service.js';

/** The node that a reader stands at, with the choices that they are offered there and now. */
export function nodeAsOffered({ story, nodes }: Reading, state: PlayState): StoryNode {
  const node = nodes.get(state.node);
  if (node === undefined) throw noSuchStory();
  const { graph } = story;
  const index = graph.indexOfNode.get(state.node)!;
  const definition = graph.nodes[index]!;
  if (definition.choices.every(({ condition, puzzle }) => !condition && !puzzle)) return node;
  const memory = readMemory(graph, state);
  const offered = definition.choices.flatMap((choice, place): Choice[] => {
    const why = closed(graph, memory, graph.firstChoice[index]! + place);
    if (why === 'condition' && choice.lockedText === undefined) return [];
    const reason = why === 'condition' ? choice.lockedText! : 'All attempts are used up.';
    const known = node.choices.find(({ id }) => id === encodeId('choice', choice.id));
    return [
      {
        ...toChoice(choice, why === undefined ? null : reason),
        toNode: known?.toNode ?? null,
        consequences: known?.consequences ?? null,
      },
    ];
  });
  return new StoryNode(definition, offered);
}
