import { Args, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { StoryDraft } from '../drafts/draft.type.js';
import { toSchema } from './declaration.mapper.js';
import { DeclarationService } from './declaration.service.js';
import { StorySchema } from './declaration.type.js';

@Resolver(() => StoryDraft)
export class DeclarationResolver {
  constructor(
    private readonly service: DeclarationService,
    private readonly stories: StoryById,
  ) {}

  @Mutation(() => Story, {
    description:
      'Replaces all that a story declares: variables, items, stats, protagonists, artifacts, endings, achievements.',
  })
  @AccessFor(Access.Registered)
  async defineStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('revision', {
      type: () => Int,
      description: 'The revision of the story that the change was made on.',
    })
    revision: number,
    @Args('input', { description: 'All declarations; what is left out is declared no longer.' })
    input: StorySchema,
  ): Promise<Story> {
    return toStory(await this.service.define(viewer, storyId, revision, input));
  }

  @ResolveField(() => StorySchema, { description: 'What the story declares.' })
  async schema(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StorySchema> {
    const story = await loaders.over(this.stories).load(storyId);
    return toSchema(story?.schema ?? {});
  }
}
