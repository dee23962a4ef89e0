import { Injectable } from '@nestjs/common';
import { paginateInOrder, type Connection, type PageArgs } from '../../graphql/connection.js';
import { badField } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { AnalyticsRepository } from './analytics.repository.js';
import { NodeAnalyticsOrder, type Funnel, type NodeAnalytics } from './place-analytics.type.js';
import { placesOf, type Places } from './places.js';
import { isFew } from './small-groups.js';
import { few, type AskedAnalytics } from './story-analytics.type.js';

/** How many playthroughs a funnel looks at. */
const MOST_PLAYTHROUGHS = 10_000;

/** The longest path of a funnel. */
export const MOST_STAGES = 10;

/** What is known of the nodes of one version: the one that is asked for, else the one that readers begin with. */
export const versionOf = ({ versionId, story }: AskedAnalytics): number | null =>
  versionId ?? story.publishedVersionId;

const spanOf = (asked: AskedAnalytics) =>
  asked.selection.spans.find(({ versionId }) => versionId === versionOf(asked));

/** What readers did at the nodes of a version. */
@Injectable()
export class PlaceAnalyticsService {
  constructor(
    private readonly published: PublishedStories,
    private readonly analytics: AnalyticsRepository,
  ) {}

  /** Asked for once in a request. @returns undefined for a story that was never published */
  places(asked: AskedAnalytics, loaders: Loaders): Promise<Places | undefined> {
    const { from, to } = asked.range;
    const name = `places ${versionOf(asked)} ${from} ${to}`;
    return loaders.once(this, name, () => this.#places(asked, loaders));
  }

  async nodes(
    asked: AskedAnalytics,
    loaders: Loaders,
    { orderBy, ...page }: PageArgs & { readonly orderBy: NodeAnalyticsOrder },
  ): Promise<Connection<NodeAnalytics>> {
    const nodes = (await this.places(asked, loaders))?.nodes ?? [];
    const list = `StoryAnalytics.nodes ${orderBy}`;
    return paginateInOrder(sorted(nodes, orderBy), { page, list }, (node) => node);
  }

  /** @throws {ApiError} `BAD_USER_INPUT` for a path that is too long, or past nodes that the version does not have */
  async funnel(asked: AskedAnalytics, loaders: Loaders, ids: readonly string[]): Promise<Funnel> {
    if (ids.length === 0 || ids.length > MOST_STAGES)
      throw badField('nodeIds', `must be 1 to ${MOST_STAGES} nodes`);
    const places = await this.places(asked, loaders);
    const nodeIds = ids.map((id, i) => decodeId('node', id, `nodeIds.${i}`));
    const along = nodeIds.map((id, i) => {
      const index = places?.graph.indexOfNode.get(id);
      if (index === undefined) throw badField(`nodeIds.${i}`, 'must be a node of this version');
      return places!.nodes[index]!;
    });
    const span = spanOf(asked);
    const request = { nodeIds, most: MOST_PLAYTHROUGHS };
    const [all, ...reached] =
      span === undefined ? [] : await this.analytics.funnel(asked.story.storyId, span, request);
    const tellsAll = all !== undefined && !isFew(all.readers, asked.least);
    return {
      playthroughs: tellsAll ? all.playthroughs : null,
      isCutOff: all?.playthroughs === MOST_PLAYTHROUGHS,
      stages: along.map(({ nodeId, key, arrivals }, i) => {
        const stage = reached[i];
        const tells =
          tellsAll &&
          stage !== undefined &&
          arrivals !== null &&
          !isFew(stage.readers, asked.least);
        return {
          ...{ nodeId, key },
          playthroughs: tells ? stage.playthroughs : null,
          readers: tells ? stage.readers : null,
          share: tells && all.playthroughs > 0 ? stage.playthroughs / all.playthroughs : null,
          withheld: few(!tells),
        };
      }),
    };
  }

  async #places(asked: AskedAnalytics, loaders: Loaders): Promise<Places | undefined> {
    const versionId = versionOf(asked);
    if (versionId === null) return undefined;
    const { graph } = (await loaders.over(this.published).load(versionId))!;
    const isPlayed = asked.selection.versionIds.includes(versionId);
    return placesOf(graph, isPlayed ? await this.#counted(asked) : NOTHING, asked.least);
  }

  /** @returns undefined where nothing may be told */
  async #counted(asked: AskedAnalytics) {
    const span = spanOf(asked);
    if (span === undefined) return undefined;
    const [arrivals, made] = await Promise.all([
      this.analytics.arrivals(span),
      this.analytics.choicesMade(span),
    ]);
    return { arrivals, made };
  }
}

const NOTHING = { arrivals: [], made: [] };

function sorted(nodes: readonly NodeAnalytics[], by: NodeAnalyticsOrder): readonly NodeAnalytics[] {
  if (by === NodeAnalyticsOrder.STORY) return nodes;
  const key = by === NodeAnalyticsOrder.ARRIVALS ? 'arrivals' : 'dropOff';
  return nodes.toSorted((one, other) => (other[key] ?? -1) - (one[key] ?? -1));
}
