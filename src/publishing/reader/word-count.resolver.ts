import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PublicRead } from '../../graphql/public-read.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { Story } from '../../stories/story.type.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { minutesFor } from '../../stories/words.js';
import { PublishedStories } from './published-stories.js';

@Resolver(() => Story)
export class WordCountResolver {
  constructor(private readonly published: PublishedStories) {}

  @PublicRead()
  @ResolveField(() => Int, {
    nullable: true,
    description:
      'How many words the texts of all nodes have in the version that readers start on; null while there is none.',
  })
  async wordCount(
    @Parent() { row }: Story,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number | null> {
    return (await this.#words(row, loaders)) ?? null;
  }

  @PublicRead()
  @ResolveField(() => Int, {
    nullable: true,
    description:
      'How long reading all of that takes, at 200 words a minute; null while there is none.',
  })
  async readingMinutes(
    @Parent() { row }: Story,
    @RequestLoaders() loaders: Loaders,
  ): Promise<number | null> {
    const words = await this.#words(row, loaders);
    return words === undefined ? null : minutesFor(words);
  }

  async #words(
    { isPublished, publishedVersionId }: StoryEntity,
    loaders: Loaders,
  ): Promise<number | undefined> {
    if (!isPublished || publishedVersionId === null) return undefined;
    return (await loaders.over(this.published).load(publishedVersionId))?.words;
  }
}
