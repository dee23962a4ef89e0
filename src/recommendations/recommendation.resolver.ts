import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../graphql/access.js';
import { PageArgs, type Connection } from '../graphql/connection.js';
import { IdArg } from '../graphql/ids.js';
import type { Loaders } from '../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../graphql/request.decorators.js';
import type { Viewer } from '../graphql/viewer.js';
import { noSuchStory } from '../stories/story.errors.js';
import { StoryById } from '../stories/story.loaders.js';
import { Story, toStory } from '../stories/story.type.js';
import { reasonText } from './reason-texts.js';
import { RecommendationService } from './recommendation.service.js';
import {
  Recommendation,
  RecommendationConnection,
  RecommendationReason,
} from './recommendation.type.js';

@Resolver(() => Recommendation)
export class RecommendationResolver {
  constructor(
    private readonly service: RecommendationService,
    private readonly stories: StoryById,
  ) {}

  @Query(() => RecommendationConnection, {
    description:
      'Stories for you, the best first, 100 at most: near to those that you liked, finished or began, then those that are well liked, in categories that you read first. None that you have begun, rated or work on, and none by whom you have blocked.',
  })
  @AccessFor(Access.Public)
  recommendedStories(
    @CurrentViewer() viewer: Viewer | undefined,
    @Args() page: PageArgs,
  ): Promise<Connection<Recommendation>> {
    return this.service.forViewer(viewer, page);
  }

  @Query(() => RecommendationConnection, {
    description:
      'Stories like this one, the nearest first, 100 at most: liked by the same readers or about the like, then those of its category that are well liked; without those that recommendedStories leaves out for you.',
  })
  @AccessFor(Access.Public)
  similarStories(
    @CurrentViewer() viewer: Viewer | undefined,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() page: PageArgs,
  ): Promise<Connection<Recommendation>> {
    return this.service.similarTo(viewer, storyId, page);
  }

  @ResolveField(() => Story, { description: 'The story.' })
  async story(
    @Parent() { pick }: Recommendation,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story> {
    const story = await loaders.over(this.stories).load(pick.storyId);
    if (story === undefined) throw noSuchStory();
    return toStory(story);
  }
}

@Resolver(() => RecommendationReason)
export class RecommendationReasonResolver {
  constructor(private readonly stories: StoryById) {}

  @ResolveField(() => Story, {
    nullable: true,
    description: 'The story that it is because of; null where it is because of none.',
  })
  async story(
    @Parent() { pick: { becauseOf } }: RecommendationReason,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Story | null> {
    if (becauseOf === null) return null;
    const story = await loaders.over(this.stories).load(becauseOf);
    return story === undefined ? null : toStory(story);
  }

  @ResolveField(() => String, { description: 'The reason in words, to show with the story.' })
  async text(
    @Parent() { pick: { kind, storyId, becauseOf } }: RecommendationReason,
    @RequestLoaders() loaders: Loaders,
  ): Promise<string> {
    const loader = loaders.over(this.stories);
    const [story, because] = await Promise.all([
      loader.load(storyId),
      becauseOf === null ? undefined : loader.load(becauseOf),
    ]);
    return reasonText(kind, { category: story?.category ?? '', title: because?.title ?? '' });
  }
}
