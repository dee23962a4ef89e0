import { NONE } from '../../engine/core/graph.js';
import { reachableFrom } from '../../engine/core/reachability.js';
import { startsOf, type CompiledStory } from '../../engine/core/story.js';
import { encodeId } from '../../graphql/ids.js';
import type { NodeAnalytics } from '../analytics/place-analytics.type.js';
import { SuggestionReason, type ChoiceSuggestion } from './suggestion.type.js';

/** How many nodes in a row with a single way on are a corridor. */
const SHORTEST_RUN = 3;
/** From which share of those who come on it is much that they go no further. */
const HIGH_DROP_OFF = 0.25;
/** Up to which share of those who choose a choice is rare. */
const RARE = 0.05;
/** From how many on a share says something. */
const ENOUGH = 20;

type Found = Omit<ChoiceSuggestion, 'nodeId' | 'nodeKey' | 'text'> & { readonly node: number };

const NOTHING_KNOWN = { choiceId: null, run: null, arrivals: null, share: null };

/**
 * Looks for places of a draft that might gain from a branch.
 * @param read what readers did at the nodes of the published version, as far as it may be told
 * @returns by reason, what matters most first within each
 */
export function suggest(
  draft: CompiledStory,
  read: readonly NodeAnalytics[],
): (ChoiceSuggestion & { readonly node: number })[] {
  const readOf = new Map(read.map((node) => [node.nodeId, node]));
  const known = draft.nodes.flatMap(({ id }, node) => {
    const figures = readOf.get(encodeId('node', id));
    return figures === undefined ? [] : [{ node, figures }];
  });
  const found = [
    ...highDropOffs(draft, known),
    ...rareChoices(draft, known),
    ...corridors(draft),
    ...neverVisited(draft, known),
  ];
  return found.map((each) => {
    const { id, key } = draft.nodes[each.node]!;
    return { ...each, nodeId: encodeId('node', id), nodeKey: key, text: null };
  });
}

type Known = readonly { readonly node: number; readonly figures: NodeAnalytics }[];

const percent = (share: number) => `${Math.round(100 * share)} %`;

function highDropOffs({ nodes }: CompiledStory, known: Known): Found[] {
  return known
    .filter(
      ({ figures }) =>
        (figures.arrivals ?? 0) >= ENOUGH && (figures.dropOffRate ?? 0) >= HIGH_DROP_OFF,
    )
    .sort((one, other) => other.figures.dropOffRate! - one.figures.dropOffRate!)
    .map(({ node, figures: { arrivals, dropOffRate } }) => ({
      ...NOTHING_KNOWN,
      ...{ node, arrivals, share: dropOffRate, reason: SuggestionReason.HIGH_DROP_OFF },
      message: `${percent(dropOffRate!)} of ${arrivals} arrivals at ${nodes[node]!.key} went no further.`,
      proposal: 'Offer another way on here, or shorten the text, and compare the next version.',
    }));
}

function rareChoices(draft: CompiledStory, known: Known): Found[] {
  return known.flatMap(({ node, figures: { choicesMade, arrivals, choices } }) => {
    if ((choicesMade ?? 0) < ENOUGH) return [];
    const offered = new Set(draft.nodes[node]!.choices.map(({ id }) => encodeId('choice', id)));
    return choices
      .filter(({ choiceId, share }) => offered.has(choiceId) && share !== null && share < RARE)
      .map(({ choiceId, letter, made, share }) => ({
        ...{ node, choiceId, arrivals, share, run: null, reason: SuggestionReason.RARE_CHOICE },
        message: `Choice ${letter} of ${draft.nodes[node]!.key} was made ${made} times of ${choicesMade}.`,
        proposal:
          'Say what it promises, or put a choice that readers would rather make in its place.',
      }));
  });
}

/** Nodes in a row, each with a single way on: told of the middle one, where a branch parts the row best. */
function corridors(draft: CompiledStory): Found[] {
  const { nodes, target } = draft;
  const reached = reachableFrom(draft, startsOf(draft));
  const only = nodes.map(({ choices }, node) =>
    reached[node] === 1 && choices.length === 1 ? target[draft.firstChoice[node]!]! : NONE,
  );
  const isLedToByOnly = new Set(only.filter((next) => next !== NONE && only[next] !== NONE));
  return [...nodes.keys()]
    .filter((node) => only[node] !== NONE && !isLedToByOnly.has(node))
    .map((node) => rowFrom(node, only))
    .filter(({ length }) => length >= SHORTEST_RUN)
    .sort((one, other) => other.length - one.length)
    .map((row) => {
      const node = row[Math.floor(row.length / 2)]!;
      const [first, last] = [nodes[row[0]!]!.key, nodes[row.at(-1)!]!.key];
      return {
        ...NOTHING_KNOWN,
        ...{ node, run: row.length, reason: SuggestionReason.SINGLE_EXITS },
        message: `From ${first} to ${last}, ${row.length} nodes in a row have a single way on.`,
        proposal: `Add a second choice at ${nodes[node]!.key}, to a node of its own or to one further on.`,
      };
    });
}

function rowFrom(start: number, only: readonly number[]): number[] {
  const row = new Set<number>();
  for (let node = start; only[node] !== NONE && !row.has(node); node = only[node]!) row.add(node);
  return [...row];
}

function neverVisited(draft: CompiledStory, known: Known): Found[] {
  const reached = reachableFrom(draft, startsOf(draft));
  if (!known.some(({ figures }) => (figures.arrivals ?? 0) >= ENOUGH)) return [];
  return known
    .filter(({ node, figures }) => reached[node] === 1 && figures.arrivals === 0)
    .map(({ node }) => ({
      ...NOTHING_KNOWN,
      ...{ node, arrivals: 0, reason: SuggestionReason.NEVER_VISITED },
      message: `No reader has come to ${draft.nodes[node]!.key}, though choices lead there.`,
      proposal:
        'Lead a choice to it from a node that many come to, ease its conditions, or delete it.',
    }));
}
