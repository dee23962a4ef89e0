import { letterOf } from '../../nodes/choices/letters.js';
import type { Flow } from '../../nodes/flow/flow.js';
import type { StoryDocument } from '../formats/story-document.js';

/** The diagram of a document: its nodes are n1, n2 and so on. */
export function flowOfDocument({ nodes }: StoryDocument): Flow {
  const ids = new Map(nodes.map(({ key }, i) => [key, `n${i + 1}`]));
  return {
    nodes: nodes.map(({ key, title, type, start }) => ({
      ...{ id: ids.get(key)!, key, title, type },
      isStart: start === true,
    })),
    choices: nodes.flatMap(({ key, choices = [] }) =>
      choices.map(({ to, text }, i) => ({
        ...{ from: ids.get(key)!, to: (to && ids.get(to)) ?? null },
        ...{ letter: letterOf(i), text },
      })),
    ),
  };
}
