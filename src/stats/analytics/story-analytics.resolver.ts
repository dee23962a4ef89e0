import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { VersionHeadById } from '../../publishing/versions/version.loaders.js';
import { StoryVersion, toVersion } from '../../publishing/versions/version.type.js';
import { DayRangeArgs } from '../day-range.js';
import { StoryAnalyticsService } from './story-analytics.service.js';
import {
  FinishLengths,
  StoryAnalytics,
  StoryDay,
  StoryFigures,
  toAnalytics,
  VersionFigures,
} from './story-analytics.type.js';

@Resolver(() => StoryAnalytics)
export class StoryAnalyticsResolver {
  constructor(private readonly service: StoryAnalyticsService) {}

  @Query(() => StoryAnalytics, {
    description:
      'What readers did in a story on some days of universal time, a year at most; for those who work on it.',
  })
  @AccessFor(Access.Registered)
  async storyAnalytics(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() range: DayRangeArgs,
    @IdArg('versionId', 'version', {
      nullable: true,
      description: 'Only this version; all of them when left out.',
    })
    versionId?: number,
  ): Promise<StoryAnalytics> {
    return toAnalytics(await this.service.open(viewer, storyId, { ...range, versionId }));
  }

  @ResolveField(() => StoryFigures, { description: 'What readers did on all of these days.' })
  figures(@Parent() { asked }: StoryAnalytics): Promise<StoryFigures> {
    return this.service.figures(asked);
  }

  @ResolveField(() => [StoryDay], {
    description: 'Day by day, the oldest first; days on which nobody played are zeros.',
  })
  days(@Parent() { asked }: StoryAnalytics): Promise<StoryDay[]> {
    return this.service.days(asked);
  }

  @ResolveField(() => [VersionFigures], {
    description: 'Version by version, the newest first: those that were played on these days.',
  })
  versions(@Parent() { asked }: StoryAnalytics): Promise<VersionFigures[]> {
    return this.service.byVersion(asked);
  }

  @ResolveField(() => FinishLengths, { description: 'How long it took to reach an ending.' })
  lengths(@Parent() { asked }: StoryAnalytics): Promise<FinishLengths> {
    return this.service.lengths(asked);
  }
}

@Resolver(() => VersionFigures)
export class VersionFiguresResolver {
  constructor(private readonly versions: VersionHeadById) {}

  @ResolveField(() => StoryVersion, { description: 'The version.' })
  async version(
    @Parent() { versionId }: VersionFigures,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryVersion> {
    return toVersion((await loaders.over(this.versions).load(versionId))!);
  }
}
