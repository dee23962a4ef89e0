import type { MadeStory } from './factory.js';
import type { PlayedFact } from './played-facts.js';
import { FEW, isStart, readersOf, type Reckoning } from './reckoning.js';

type Graph = Readonly<Record<string, readonly string[]>>;

/** What analytics must tell of the nodes of one version, reckoned anew. */
export class ReckonedPlaces {
  readonly #facts: readonly PlayedFact[];
  readonly #isTold: boolean;
  /** The nodes of which it is not told what was chosen there. */
  readonly #untold: ReadonlySet<string>;

  constructor(
    private readonly reckoning: Reckoning,
    private readonly graph: Graph,
    private readonly story: MadeStory,
    versionId: number,
  ) {
    this.#facts = reckoning.told.filter((fact) => fact.versionId === versionId);
    this.#isTold = this.#facts.length > 0 || !reckoning.isPlayed(versionId);
    this.#untold = this.#findUntold();
  }

  nodes() {
    return Object.entries(this.graph).map(([key, targets]) => {
      const arrivals = this.#arrivalsAt(key);
      const made = targets.flatMap((to) => this.#made(key, to));
      const tells = this.#tellsArrivals(key);
      const tellsChoices = this.#isTold && !this.#untold.has(key);
      const dropOff = targets.length === 0 ? 0 : Math.max(0, arrivals.length - made.length);
      const tellsDropOff = tells && tellsChoices;
      return {
        ...{ nodeId: this.story.node(key), key, isEnding: targets.length === 0 },
        arrivals: tells ? arrivals.length : null,
        readers: tells ? readersOf(arrivals) : null,
        choicesMade: tellsChoices ? made.length : null,
        dropOff: tellsDropOff ? dropOff : null,
        dropOffRate: tellsDropOff && arrivals.length > 0 ? dropOff / arrivals.length : null,
        withheld: tellsDropOff ? null : FEW,
        choices: targets.map((to) => {
          const own = this.#made(key, to);
          return {
            choiceId: this.story.choice(key, to),
            made: tellsChoices ? own.length : null,
            readers: tellsChoices ? readersOf(own) : null,
            share: tellsChoices && made.length > 0 ? own.length / made.length : null,
            withheld: tellsChoices ? null : FEW,
          };
        }),
      };
    });
  }

  endings() {
    const finishes = this.#facts.filter(({ isEnd }) => isEnd).length;
    const endings = Object.keys(this.graph).filter((key) => this.graph[key]!.length === 0);
    return endings.map((key) => {
      const own = this.#arrivalsAt(key);
      const tells = this.#tellsArrivals(key);
      return {
        nodeId: this.story.node(key),
        finishes: tells ? own.length : null,
        readers: tells ? readersOf(own) : null,
        share: tells && finishes > 0 ? own.length / finishes : null,
        withheld: tells ? null : FEW,
      };
    });
  }

  funnel(path: readonly string[]) {
    const begun = this.#facts.filter(isStart);
    const tellsAll = this.#facts.length > 0 && !this.reckoning.isFew(begun);
    return {
      playthroughs: tellsAll ? begun.length : null,
      isCutOff: false,
      stages: path.map((key, stage) => {
        const came = begun.filter(({ progressId }) =>
          this.#comesAlong(progressId, path.slice(0, stage + 1)),
        );
        const tells = tellsAll && this.#tellsArrivals(key) && !this.reckoning.isFew(came);
        return {
          nodeId: this.story.node(key),
          playthroughs: tells ? came.length : null,
          readers: tells ? readersOf(came) : null,
          share: tells && begun.length > 0 ? came.length / begun.length : null,
          withheld: tells ? null : FEW,
        };
      }),
    };
  }

  /** Whether a playthrough came to some nodes, one after another. */
  #comesAlong(progressId: number, path: readonly string[]): boolean {
    const left = [...path];
    for (const { progressId: of, toNodeId } of this.reckoning.all)
      if (of === progressId && left[0] !== undefined && this.#isAt(left[0], toNodeId)) left.shift();
    return left.length === 0;
  }

  #tellsArrivals(key: string): boolean {
    const isReachedUntold = [...this.#untold].some((from) => this.graph[from]!.includes(key));
    return this.#isTold && !isReachedUntold && !this.reckoning.isFew(this.#arrivalsAt(key));
  }

  /**
   * Where a choice is of few; and where those that lead to endings, the others, or all have none of many among them, where the least of the
   * many was made.
   */
  #findUntold(): Set<string> {
    const choices = Object.entries(this.graph).flatMap(([from, targets]) =>
      targets.map((to) => ({ from, to, made: this.#made(from, to) })),
    );
    const untold = new Set(
      choices.filter(({ made }) => this.reckoning.isFew(made)).map(({ from }) => from),
    );
    const ending = choices.filter(({ to }) => this.graph[to]!.length === 0);
    const onward = choices.filter((choice) => !ending.includes(choice));
    for (const sum of [ending, onward, choices]) {
      const many = sum
        .filter(({ made }) => readersOf(made) >= this.reckoning.asked.least)
        .sort((one, other) => readersOf(one.made) - readersOf(other.made));
      const isShort = sum.some(({ from }) => untold.has(from));
      if (isShort && !many.some(({ from }) => untold.has(from)) && many[0] !== undefined)
        untold.add(many[0].from);
    }
    return untold;
  }

  #arrivalsAt = (key: string) => this.#facts.filter(({ toNodeId }) => this.#isAt(key, toNodeId));

  #made = (from: string, to: string) =>
    this.#facts.filter(({ choiceId }) => `cho_${choiceId}` === this.story.choice(from, to));

  #isAt = (key: string, nodeId: number) => this.story.node(key) === `nod_${nodeId}`;
}
