import { Injectable } from '@nestjs/common';
import { reachableFrom } from '../../engine/core/reachability.js';
import type { Simulation } from '../../engine/core/simulation.js';
import { startsOf } from '../../engine/core/story.js';
import { SimulationService } from '../../engine/simulation/simulation.service.js';
import type { Loaders } from '../../graphql/loaders.js';
import { VersionRepository } from '../../publishing/versions/version.repository.js';
import type { ChoiceCoverage, CoverageCount, StoryCoverage } from './coverage.type.js';
import { PlaceAnalyticsService, versionOf } from './place-analytics.service.js';
import type { Places } from './places.js';
import { few, type AskedAnalytics } from './story-analytics.type.js';

/** The same plays whenever they are made of the same version. */
const PLAYS = { plays: 1000, seed: 'coverage', strategy: 'uniform' } as const;

/** Shows side by side what of a version can be seen, what random plays see, and what readers see. */
@Injectable()
export class CoverageService {
  constructor(
    private readonly places: PlaceAnalyticsService,
    private readonly versions: VersionRepository,
    private readonly simulations: SimulationService,
  ) {}

  /** @returns null for a story that was never published */
  async coverage(asked: AskedAnalytics, loaders: Loaders): Promise<StoryCoverage | null> {
    const places = await this.places.places(asked, loaders);
    if (places === undefined) return null;
    const version = await this.versions.snapshotText(asked.story.storyId, versionOf(asked)!);
    const outcome = await this.simulations.simulateVersion(version!.snapshot, PLAYS);
    return coverageOf(places, outcome?.simulation);
  }
}

function coverageOf({ graph, nodes }: Places, simulation: Simulation | undefined): StoryCoverage {
  const reached = reachableFrom(graph, startsOf(graph));
  const ofNodes = nodes.map(({ nodeId, key, arrivals }, index) => ({
    ...{ nodeId, key, arrivals, withheld: few(arrivals === null) },
    isReachable: reached[index] === 1,
    simulated: simulation?.nodes[index]!.hits ?? 0,
  }));
  const hits = simulation?.choices.values();
  const ofChoices = nodes.flatMap(({ key, choices }, index) =>
    choices.map(({ choiceId, letter, made, withheld }): ChoiceCoverage => ({
      ...{ choiceId, nodeKey: key, letter, made, withheld },
      isReachable: reached[index] === 1,
      simulated: hits?.next().value?.hits ?? 0,
    })),
  );
  return {
    plays: simulation?.plays ?? 0,
    nodeCount: countOf(ofNodes, ({ arrivals }) => arrivals),
    choiceCount: countOf(ofChoices, ({ made }) => made),
    covered: { nodes: ofNodes, choices: ofChoices },
  };
}

function countOf<Item extends { readonly isReachable: boolean; readonly simulated: number }>(
  items: readonly Item[],
  timesOf: (item: Item) => number | null,
): CoverageCount {
  return {
    total: items.length,
    reachable: items.filter(({ isReachable }) => isReachable).length,
    simulated: items.filter(({ simulated }) => simulated > 0).length,
    told: items.filter((item) => (timesOf(item) ?? 0) > 0).length,
  };
}
