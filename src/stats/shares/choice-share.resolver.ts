import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { MakeChoicePayload } from '../../progress/playthroughs/progress.type.js';
import { StoryById } from '../../stories/story.loaders.js';
import { Story, toStory } from '../../stories/story.type.js';
import { ChoiceShareService } from './choice-share.service.js';
import { ChoiceShare } from './choice-share.type.js';

@Resolver(() => MakeChoicePayload)
export class ChoiceShareResolver {
  constructor(
    private readonly service: ChoiceShareService,
    private readonly stories: StoryById,
  ) {}

  @Mutation(() => Story, {
    description:
      'Says whether readers of a story see, after a choice, how others chose: from now on, in every version.',
  })
  @AccessFor(Access.Registered)
  async showChoiceShares(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('show', { description: 'Whether they see it.' }) show: boolean,
  ): Promise<Story> {
    return toStory(await this.service.show(viewer, storyId, show));
  }

  @ResolveField(() => [ChoiceShare], {
    nullable: true,
    description:
      'How others chose among the choices that were offered at the node that was left. Null unless `Story.showChoiceShares`, and where too few readers have chosen to be told of.',
  })
  async choiceShares(
    @Parent() { progress, left }: MakeChoicePayload,
    @RequestLoaders() loaders: Loaders,
  ): Promise<ChoiceShare[] | null> {
    // The story has been loaded for the node that follows.
    const story = await loaders.over(this.stories).load(progress.row.storyId);
    return story?.showChoiceShares === true ? this.service.sharesAt(left) : null;
  }
}
