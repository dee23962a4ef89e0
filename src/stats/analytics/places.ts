import { encodeId } from '../../graphql/ids.js';
import type { CompiledStory } from '../../engine/core/story.js';
import type { PlaceRow } from './analytics.repository.js';
import type { ChoiceAnalytics, EndingAnalytics, NodeAnalytics } from './place-analytics.type.js';
import { isFew, withheldPlaces, type WithheldPlaces } from './small-groups.js';
import { few } from './story-analytics.type.js';

/** What readers did at the nodes of a version, as far as it may be told. */
export interface Places {
  readonly graph: CompiledStory;
  /** In the order of the story. */
  readonly nodes: readonly NodeAnalytics[];
  readonly endings: readonly EndingAnalytics[];
}

interface Counted {
  readonly arrivals: readonly PlaceRow[];
  readonly made: readonly PlaceRow[];
}

type Count = Pick<PlaceRow, 'times' | 'readers'>;

const NONE: Count = { times: 0, readers: 0 };

/** @param counted left out where nothing may be told */
export function placesOf(
  graph: CompiledStory,
  counted: Counted | undefined,
  least: number,
): Places {
  const teller = new Teller(graph, counted, least);
  return {
    graph,
    nodes: graph.nodes.map((_, index) => teller.node(index)),
    endings: teller.endings(),
  };
}

/** Tells of the nodes of a version. */
class Teller {
  readonly #arrivals: readonly Count[];
  readonly #made: readonly Count[];
  readonly #withheld: WithheldPlaces;

  constructor(
    private readonly graph: CompiledStory,
    private readonly counted: Counted | undefined,
    private readonly least: number,
  ) {
    const { nodes, choices } = graph;
    this.#arrivals = inOrder(nodes, counted?.arrivals ?? []);
    this.#made = inOrder(choices, counted?.made ?? []);
    const readers = this.#made.map((count) => count.readers);
    this.#withheld = withheldPlaces(graph, readers, least);
  }

  node(index: number): NodeAnalytics {
    const { id, key, title, type } = this.graph.nodes[index]!;
    const { times, readers } = this.#arrivals[index]!;
    const isEnding = type === 'ending';
    const tells = !this.#areArrivalsWithheld(index);
    const tellsChoices = this.counted !== undefined && this.#withheld.choices[index] === 0;
    const made = this.#choicesAt(index).reduce((sum, choice) => sum + this.#made[choice]!.times, 0);
    const dropOff = isEnding ? 0 : Math.max(0, times - made);
    const tellsDropOff = tells && tellsChoices;
    return {
      ...{ nodeId: encodeId('node', id), key, title, isEnding },
      arrivals: tells ? times : null,
      readers: tells ? readers : null,
      choicesMade: tellsChoices ? made : null,
      dropOff: tellsDropOff ? dropOff : null,
      dropOffRate: tellsDropOff && times > 0 ? dropOff / times : null,
      withheld: few(!tells || !tellsChoices),
      choices: this.#choicesAt(index).map((choice) => this.#choice(choice, made, tellsChoices)),
    };
  }

  endings(): EndingAnalytics[] {
    const { nodes } = this.graph;
    const indices = [...nodes.keys()].filter((index) => nodes[index]!.type === 'ending');
    const finishes = indices.reduce((sum, index) => sum + this.#arrivals[index]!.times, 0);
    return indices.map((index) => {
      const { id, key, title } = nodes[index]!;
      const { times, readers } = this.#arrivals[index]!;
      const tells = !this.#areArrivalsWithheld(index);
      return {
        ...{ nodeId: encodeId('node', id), key, title },
        finishes: tells ? times : null,
        readers: tells ? readers : null,
        share: tells && finishes > 0 ? times / finishes : null,
        withheld: few(!tells),
      };
    });
  }

  #choice(choice: number, madeHere: number, tells: boolean): ChoiceAnalytics {
    const { id, letter, text } = this.graph.choices[choice]!;
    const { times, readers } = this.#made[choice]!;
    return {
      ...{ choiceId: encodeId('choice', id), letter, text },
      made: tells ? times : null,
      readers: tells ? readers : null,
      share: tells && madeHere > 0 ? times / madeHere : null,
      withheld: few(!tells),
    };
  }

  #areArrivalsWithheld(index: number): boolean {
    return (
      this.counted === undefined ||
      this.#withheld.arrivals[index] === 1 ||
      isFew(this.#arrivals[index]!.readers, this.least)
    );
  }

  #choicesAt(index: number): number[] {
    const { firstChoice } = this.graph;
    const from = firstChoice[index]!;
    return Array.from({ length: firstChoice[index + 1]! - from }, (_, place) => from + place);
  }
}

const inOrder = (items: readonly { id: number }[], rows: readonly PlaceRow[]): Count[] => {
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return items.map(({ id }) => rowOf.get(id) ?? NONE);
};
