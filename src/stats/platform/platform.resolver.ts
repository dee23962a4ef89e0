import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { dayRange, DayRangeArgs } from '../day-range.js';
import { today } from '../days.js';
import { PlatformRepository } from './platform.repository.js';
import { ActiveReaders, PlatformAnalytics, TopStory, toPlatform } from './platform.type.js';

const MOST_STORIES = 10;

@Resolver(() => PlatformAnalytics)
export class PlatformResolver {
  constructor(private readonly platform: PlatformRepository) {}

  @Query(() => PlatformAnalytics, {
    description:
      'What happened in this installation on some days of universal time, a year at most; for administrators.',
  })
  @AccessFor(Access.Admin)
  async platformAnalytics(@Args() args: DayRangeArgs): Promise<PlatformAnalytics> {
    const range = dayRange(args, today('UTC'));
    return toPlatform(range, await this.platform.days(range));
  }

  @ResolveField(() => ActiveReaders, { description: 'Readers who played lately.' })
  activeReaders(@Parent() { to }: PlatformAnalytics): Promise<ActiveReaders> {
    return this.platform.activeReaders(to);
  }

  @ResolveField(() => [TopStory], {
    description: 'The ten stories of which most playthroughs were begun on these days.',
  })
  async topStories(@Parent() range: PlatformAnalytics): Promise<TopStory[]> {
    const rows = await this.platform.topStories(range, MOST_STORIES);
    return rows.map((row) => ({ starts: row.starts, row }));
  }
}

@Resolver(() => TopStory)
export class TopStoryResolver {
  constructor(private readonly storyById: StoryById) {}

  @ResolveField(() => Story, { description: 'The story.' })
  async story(@Parent() { row }: TopStory, @RequestLoaders() loaders: Loaders): Promise<Story> {
    return toStory((await loaders.over(this.storyById).load(row.storyId))!);
  }
}
