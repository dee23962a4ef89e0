import { Module } from '@nestjs/common';
import { StoriesModule } from '../stories/stories.module.js';
import { NeighbourRepository } from './neighbours/neighbour.repository.js';
import { NeighbourSearch } from './neighbours/neighbour-search.js';
import { RecommendationRepository } from './recommendation.repository.js';
import { RecommendationReasonResolver, RecommendationResolver } from './recommendation.resolver.js';
import { RecommendationService } from './recommendation.service.js';

@Module({
  imports: [StoriesModule],
  providers: [
    NeighbourRepository,
    NeighbourSearch,
    RecommendationReasonResolver,
    RecommendationRepository,
    RecommendationResolver,
    RecommendationService,
  ],
})
export class RecommendationsModule {}
