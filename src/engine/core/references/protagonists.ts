import { didYouMean } from '../expressions/nearest.js';
import { placeIn, type Faults } from '../expressions/problem.js';
import type { Layout } from '../layout.js';
import type { Mentions } from './mention.js';

/**
 * The keys that a rule or text compares `protagonist` with, though the story declares no such protagonist. An empty text
 * is nobody, as who plays a story without protagonists is.
 * @param mentionsIn reads what `source` goes by; undefined when it cannot be read
 */
export function unknownProtagonists(
  source: string,
  { protagonists }: Layout,
  mentionsIn: () => Mentions | undefined,
): Faults {
  if (!source.includes('protagonist')) return [];
  return (mentionsIn()?.mentions ?? [])
    .filter(
      ({ kind, name }) => kind === 'protagonist' && name !== '' && !protagonists.includes(name),
    )
    .map(({ name, start }) => ({
      message: `There is no protagonist ${name}.${didYouMean(name, protagonists)}`,
      ...placeIn(source, start),
    }));
}
