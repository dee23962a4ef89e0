import { schemaOf, type SampleStory } from './sample-story.js';
import type { StoryDefinition } from '../src/engine/core/definition.js';
import { letterOf } from '../src/nodes/choices/letters.js';

/** A sample as it is once it is seeded: nodes by their order, choices lettered. */
export function definitionOf(sample: SampleStory): StoryDefinition {
  const ids = new Map(sample.nodes.map(({ key }, i) => [key, i + 1]));
  const idOf = (key: string) => ids.get(key)!;
  return {
    ...(sample.schema !== undefined && { schema: schemaOf(sample, idOf) }),
    nodes: sample.nodes.map(({ choices = [], start, endingKind, ...node }, i) => ({
      ...node,
      id: i + 1,
      isStart: start === true,
      endingKind: endingKind ?? null,
      choices: choices.map(({ to, failTo, afterSeconds, consequences, ...choice }, place) => ({
        ...choice,
        id: 100 * (i + 1) + place,
        letter: letterOf(place),
        consequences: consequences ?? null,
        to: ids.get(to) ?? null,
        ...(failTo !== undefined && { failTo: idOf(failTo) }),
        ...(afterSeconds !== undefined && { after: afterSeconds }),
      })),
    })),
  };
}
