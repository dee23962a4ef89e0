import { Injectable } from '@nestjs/common';
import { DraftStories } from '../../engine/draft-stories.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PlaceAnalyticsService } from '../analytics/place-analytics.service.js';
import { StoryAnalyticsService } from '../analytics/story-analytics.service.js';
import type { DayRangeArgs } from '../day-range.js';
import { suggest } from './suggest.js';
import { SuggestionWriter } from './suggestion-writer.js';
import type { ChoiceSuggestion } from './suggestion.type.js';

/** How many places are told of. */
const MOST = 50;

/** Finds places of drafts that might gain from a branch, by their structure and by what readers did. */
@Injectable()
export class SuggestionService {
  constructor(
    private readonly drafts: DraftStories,
    private readonly analytics: StoryAnalyticsService,
    private readonly places: PlaceAnalyticsService,
    private readonly writer: SuggestionWriter,
  ) {}

  /**
   * @param texts for how many of the places a language model is to propose a choice
   * @throws {ApiError} as `SuggestionWriter`, where texts are asked for; as all that only collaborators may
   */
  async suggest(
    viewer: Viewer,
    storyId: number,
    { texts, loaders, ...range }: DayRangeArgs & { texts: number; loaders: Loaders },
  ): Promise<ChoiceSuggestion[]> {
    const asked = await this.analytics.open(viewer, storyId, { ...range, versionId: undefined });
    const [draft, places] = await Promise.all([
      this.drafts.compiled(viewer, storyId),
      this.places.places(asked, loaders),
    ]);
    const found = suggest(draft, places?.nodes ?? []).slice(0, MOST);
    if (texts === 0) return found;
    const proposed = await this.writer.propose(
      found.slice(0, texts).map(({ node }) => draft.nodes[node]!),
    );
    return found.map((suggestion, i) => ({ ...suggestion, text: proposed[i] ?? null }));
  }
}
