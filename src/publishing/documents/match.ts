import type { StoryDocument } from '../formats/story-document.js';
import type { KnownChoice, KnownNode } from './draft-document.repository.js';

/** For each node and choice of a document, the one of the draft that it is; undefined where it is new. */
export interface Matches {
  readonly nodes: readonly (KnownNode | undefined)[];
  readonly choices: readonly (readonly (KnownChoice | undefined)[])[];
}

/**
 * Finds what of a document the draft has already, so that it keeps its id and those who play stay where they are: nodes
 * by key; the choices of a node by target and text, then by target, by text, and by their place. What was deleted is
 * found again by key, and by target and text.
 */
export function match(
  { nodes }: StoryDocument,
  knownNodes: readonly KnownNode[],
  knownChoices: readonly KnownChoice[],
): Matches {
  const nodeOf = new Map(knownNodes.map((node) => [node.key, node]));
  const choicesOf = Map.groupBy(knownChoices, ({ from }) => from);
  const found = nodes.map(({ key }) => nodeOf.get(key));
  return {
    nodes: found,
    choices: nodes.map(({ choices = [] }, i) => {
      const known = choicesOf.get(found[i]?.id ?? 0) ?? [];
      const wanted = choices.map(({ text, to }) => ({
        text,
        to: nodeOf.get(to ?? '')?.id ?? null,
      }));
      return matchedChoices(wanted, known);
    }),
  };
}

type Wanted = Pick<KnownChoice, 'text' | 'to'>;

function matchedChoices(
  wanted: readonly Wanted[],
  known: readonly KnownChoice[],
): (KnownChoice | undefined)[] {
  const found: (KnownChoice | undefined)[] = wanted.map(() => undefined);
  const live = known.filter(({ isDeleted }) => !isDeleted);
  const free = new Set(known);
  const take = (i: number, choice: KnownChoice | undefined) => {
    if (found[i] !== undefined || choice === undefined || !free.delete(choice)) return;
    found[i] = choice;
  };
  const by = (from: readonly KnownChoice[], isSame: (one: Wanted, other: Wanted) => boolean) => {
    for (const [i, each] of wanted.entries()) {
      if (found[i] !== undefined) continue;
      take(
        i,
        from.find((choice) => free.has(choice) && isSame(each, choice)),
      );
    }
  };
  const isTwin = (one: Wanted, other: Wanted) => one.to === other.to && one.text === other.text;
  by(live, isTwin);
  by(live, (one, other) => one.to !== null && one.to === other.to);
  by(live, (one, other) => one.text === other.text);
  for (const i of wanted.keys()) take(i, live[i]);
  by(known, isTwin);
  return found;
}
