import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Story } from '../../stories/story.type.js';
import { RatingTallyRepository } from './rating-tally.repository.js';
import { ReviewsArgs } from './review.inputs.js';
import { ReviewLists } from './review.lists.js';
import { ReviewRepository } from './review.repository.js';
import {
  RatingShare,
  Review,
  ReviewConnection,
  StoryRating,
  toReview,
  toStoryRating,
} from './review.type.js';

@Resolver(() => Story)
export class StoryReviewsResolver {
  constructor(
    private readonly lists: ReviewLists,
    private readonly repository: ReviewRepository,
  ) {}

  @ResolveField(() => StoryRating, { description: 'What readers make of it, in figures.' })
  rating(@Parent() { row }: Story): StoryRating {
    return toStoryRating(row);
  }

  @ResolveField(() => Review, {
    nullable: true,
    description: 'What you think of it; null as long as you have not rated it.',
  })
  async viewerRating(
    @CurrentViewer() viewer: Viewer | undefined,
    @Parent() { row }: Story,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Review | null> {
    if (viewer === undefined) return null;
    const review = await loaders
      .about(this, 'own', (ids) => this.repository.findOwn(viewer.userId, ids), undefined)
      .load(row.storyId);
    return review === undefined ? null : toReview(review);
  }

  @ResolveField(() => ReviewConnection, {
    description:
      'What readers wrote about it. Stars without a text, and what is hidden, are left out.',
  })
  reviews(
    @CurrentViewer() viewer: Viewer | undefined,
    @Parent() { row }: Story,
    @RequestLoaders() loaders: Loaders,
    @Args() args: ReviewsArgs,
  ): Promise<Connection<Review>> {
    return this.lists.ofStory(viewer, row, args, loaders);
  }
}

@Resolver(() => StoryRating)
export class StoryRatingResolver {
  constructor(private readonly tally: RatingTallyRepository) {}

  @ResolveField(() => [RatingShare], {
    description: 'How many readers gave 1, 2, 3, 4 and 5 stars, in this order.',
  })
  async distribution(
    @Parent() { storyId }: StoryRating,
    @RequestLoaders() loaders: Loaders,
  ): Promise<RatingShare[]> {
    const stars = await loaders
      .about(this, 'star counts', (ids) => this.tally.starCounts(ids), [])
      .load(storyId);
    return stars.map((count, i) => ({ rating: i + 1, count }));
  }
}
