import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { MediaById } from '../../media/library/media.loaders.js';
import { StoryImage, toCover } from '../../media/library/story-media.type.js';
import { Story } from '../story.type.js';

/** The covers of stories: one statement for all of a list. */
@Resolver(() => Story)
export class CoverResolver {
  constructor(
    private readonly media: MediaById,
    private readonly files: MediaFiles,
  ) {}

  @ResolveField(() => StoryImage, {
    nullable: true,
    description:
      'The picture that the story is shown with; null without one, or until it is ready.',
  })
  async cover(
    @Parent() { row }: Story,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryImage | null> {
    if (row.cover === null) return null;
    const media = await loaders.over(this.media).load(row.cover.id);
    return toCover(media, row.cover.alt, this.files.url);
  }
}
