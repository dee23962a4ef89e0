import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { AnalyticsRepository } from './analytics/analytics.repository.js';
import { AnalyticsCsvResolver } from './analytics/analytics-csv.resolver.js';
import { CoverageResolver, CoveredPlacesResolver } from './analytics/coverage.resolver.js';
import { CoverageService } from './analytics/coverage.service.js';
import { PlaceAnalyticsResolver } from './analytics/place-analytics.resolver.js';
import { PlaceAnalyticsService } from './analytics/place-analytics.service.js';
import {
  StoryAnalyticsResolver,
  VersionFiguresResolver,
} from './analytics/story-analytics.resolver.js';
import { StoryAnalyticsService } from './analytics/story-analytics.service.js';
import { PlatformRepository } from './platform/platform.repository.js';
import { PlatformResolver, TopStoryResolver } from './platform/platform.resolver.js';
import { ChoiceShareRepository } from './shares/choice-share.repository.js';
import { ChoiceShareResolver } from './shares/choice-share.resolver.js';
import { ChoiceShareService } from './shares/choice-share.service.js';
import { SuggestionResolver } from './suggestions/suggestion.resolver.js';
import { SuggestionService } from './suggestions/suggestion.service.js';
import { SuggestionWriter } from './suggestions/suggestion-writer.js';

/** What authors and administrators are told of readers. */
@Module({
  imports: [StoriesModule, EngineModule, PublishingModule],
  providers: [
    AnalyticsCsvResolver,
    AnalyticsRepository,
    ChoiceShareRepository,
    ChoiceShareResolver,
    ChoiceShareService,
    CoverageResolver,
    CoverageService,
    CoveredPlacesResolver,
    PlaceAnalyticsResolver,
    PlaceAnalyticsService,
    PlatformRepository,
    PlatformResolver,
    StoryAnalyticsResolver,
    StoryAnalyticsService,
    SuggestionResolver,
    SuggestionService,
    SuggestionWriter,
    TopStoryResolver,
    VersionFiguresResolver,
  ],
})
export class AnalyticsModule {}
