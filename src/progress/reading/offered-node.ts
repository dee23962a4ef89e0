import { offersAt } from '../../engine/core/offer.js';
import type { PlayState } from '../../engine/core/play.js';
import { readMemory } from '../../engine/core/state.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { contentFor } from '../../engine/core/templates/texts.js';
import { isDecidedLater, toChoice } from '../../publishing/reader/reader-choice.js';
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
  if (isSameForAll(graph, index)) return node;
  const memory = readMemory(graph, state);
  const offered = offersAt(graph, memory, index).map(
    ({ choice, lockedReason, attemptsLeft }): Choice => {
      const target = isDecidedLater(choice) ? undefined : nodes.get(choice.to!);
      return {
        ...toChoice(choice, lockedReason ?? null),
        attemptsLeft: attemptsLeft ?? null,
        toNode: target ?? null,
        // What a choice brings is not told before it has been made, where it may not be known yet.
        ...(target === undefined && { consequences: null }),
      };
    },
  );
  return new StoryNode(definition, offered, contentFor(graph, memory, index), node);
}

/** Whether a node and its choices are told to every reader alike. */
function isSameForAll({ nodes, firstChoice, texts }: CompiledStory, index: number): boolean {
  return (
    !texts.contents.has(index) &&
    nodes[index]!.choices.every(
      ({ condition, puzzle }, place) =>
        !condition && !puzzle && !texts.choices.has(firstChoice[index]! + place),
    )
  );
}
