import { NONE } from '../../engine/core/graph.js';
import type { CompiledStory } from '../../engine/core/story.js';

/** Whether so many readers are some, but too few to be told of. */
export const isFew = (readers: number, least: number): boolean => readers > 0 && readers < least;

/**
 * Of figures that add up to one that is told, those to withhold: all that are of few readers, and the smallest of the
 * others too, so that what is missing from the sum is not of few.
 * @param readers how many each figure is of
 */
export function withheldOf(readers: readonly number[], least: number): boolean[] {
  const withheld = readers.map((count) => isFew(count, least));
  if (!withheld.includes(true)) return withheld;
  const next = smallest(readers, (_, count) => count >= least);
  if (next !== undefined) withheld[next] = true;
  return withheld;
}

function smallest(
  counts: ArrayLike<number>,
  fits: (place: number, count: number) => boolean,
): number | undefined {
  let found: number | undefined;
  for (let place = 0; place < counts.length; place++) {
    if (!fits(place, counts[place]!)) continue;
    if (found === undefined || counts[place]! < counts[found]!) found = place;
  }
  return found;
}

/** By node of a story: one byte, 1 where that is not to be told. */
export interface WithheldPlaces {
  /** How many came to the node, and how many of them went no further. */
  readonly arrivals: Uint8Array;
  /** How often each of its choices was made, and how many went no further. */
  readonly choices: Uint8Array;
}

/**
 * What not to tell of the nodes and choices of a version, so that no choice that few readers made can be reckoned from
 * what is told. Readers flow through a story: who comes to a node, goes on by one of its choices or stays. With a choice
 * that few made, its node's other choices are withheld, how many stayed there, and how many came to and stayed at the
 * nodes that these choices lead to. So each figure that is withheld lies in a ring of such, and any of them may be moved
 * along the ring without a sum being wrong.
 * @param made by choice: how many readers made it
 */
export function withheldPlaces(
  story: CompiledStory,
  made: ArrayLike<number>,
  least: number,
): WithheldPlaces {
  const { nodes, source, choices: all } = story;
  const choices = new Uint8Array(nodes.length);
  all.forEach((_, choice) => {
    if (isFew(made[choice]!, least)) choices[source[choice]!] = 1;
  });
  const ends = (choice: number) =>
    leadsTo(story, choice).some((node) => story.isEnding[node] === 1);
  for (const isIn of [ends, (choice: number) => !ends(choice), () => true])
    widen(story, made, { choices, least, isIn });
  const arrivals = new Uint8Array(nodes.length);
  all.forEach((_, choice) => {
    if (choices[source[choice]!] === 0) return;
    for (const node of leadsTo(story, choice)) arrivals[node] = 1;
  });
  return { arrivals, choices };
}

/**
 * All choices add up to a figure that is told as well, those that lead to endings to another, and so do the rest: what is
 * missing from such a sum must not be of few either.
 * @param isIn tells the choices of the sum
 */
function widen(
  { source }: CompiledStory,
  made: ArrayLike<number>,
  {
    choices,
    least,
    isIn,
  }: { choices: Uint8Array; least: number; isIn: (choice: number) => boolean },
): void {
  const isWithheld = (choice: number) => choices[source[choice]!] === 1;
  if (!source.some((_, choice) => isIn(choice) && isWithheld(choice))) return;
  const isMany = (choice: number, count: number) => count >= least && isIn(choice);
  const isEnough = (choice: number, count: number) => isMany(choice, count) && isWithheld(choice);
  if (smallest(made, isEnough) !== undefined) return;
  const next = smallest(made, isMany);
  if (next !== undefined) choices[source[next]!] = 1;
}

/** The nodes that a choice may lead to; a wrong answer to a puzzle leaves readers where they are. */
function leadsTo({ target, failTarget, source, choices }: CompiledStory, choice: number): number[] {
  const stays = choices[choice]!.puzzle === undefined ? NONE : source[choice]!;
  return [target[choice]!, failTarget[choice]!, stays].filter((node) => node !== NONE);
}
