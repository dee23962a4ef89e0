import { Args, ID, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { noSuchUser } from '../auth/auth.errors.js';
import { UserById } from '../auth/users/user.loaders.js';
import { toUser, User } from '../auth/users/user.type.js';
import { Access, AccessFor } from '../graphql/access.js';
import { PageArgs, type Connection } from '../graphql/connection.js';
import { IdArg } from '../graphql/ids.js';
import { AnswerScope, PublicRead } from '../graphql/public-read.js';
import { CurrentViewer, RequestAnswer, RequestLoaders } from '../graphql/request.decorators.js';
import { ReadAhead } from '../graphql/read-ahead.js';
import { asksOfItems, type Selection } from '../graphql/selection.js';
import type { Loaders } from '../graphql/loaders.js';
import type { Viewer } from '../graphql/viewer.js';
import { recentSince } from './recent-stories.js';
import { CreateStoryInput, PutStoryInput, StoriesArgs, UpdateStoryInput } from './story.inputs.js';
import { StoryLists } from './story.lists.js';
import { isSameForEveryone } from './story.policy.js';
import { StoryService } from './story.service.js';
import { Story, StoryCategory, StoryConnection, toStory } from './story.type.js';

@Resolver(() => Story)
export class StoryResolver {
  constructor(
    private readonly service: StoryService,
    private readonly lists: StoryLists,
    private readonly users: UserById,
  ) {}

  @Query(() => StoryConnection, { description: 'Published stories.' })
  @AccessFor(Access.Public)
  stories(
    @CurrentViewer() viewer: Viewer | undefined,
    @Args() args: StoriesArgs,
    @Info() selection: Selection,
  ): Promise<Connection<Story>> {
    return this.lists.published(viewer, args, asksOfItems(selection, 'author'));
  }

  @PublicRead()
  @Query(() => Story, {
    nullable: true,
    description: 'One story, by either its id or its slug. Drafts only for those who work on them.',
  })
  @AccessFor(Access.Public)
  async story(
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestAnswer() answer: AnswerScope,
    @IdArg('id', 'story', { nullable: true, description: 'The id of the story.' }) storyId?: number,
    @Args('slug', { nullable: true, description: 'Its name in addresses.' }) slug?: string,
  ): Promise<Story> {
    const row = await this.service.getVisible(viewer, { storyId, slug });
    answer.tellsOf(row.storyId, isSameForEveryone(row), recentSince());
    return toStory(row);
  }

  @Query(() => [StoryCategory], { description: 'The categories of published stories, A to Z.' })
  @AccessFor(Access.Public)
  storyCategories(@CurrentViewer() viewer: Viewer | undefined): Promise<StoryCategory[]> {
    return this.lists.categories(viewer);
  }

  @Query(() => StoryConnection, {
    description:
      'Stories not published, newest first: your own, or as an administrator everybody’s.',
  })
  @AccessFor(Access.Registered)
  draftStories(
    @CurrentViewer() viewer: Viewer,
    @Args() page: PageArgs,
  ): Promise<Connection<Story>> {
    return this.lists.drafts(viewer, page);
  }

  @Query(() => StoryConnection, {
    description: 'Your own stories, published or not, newest first.',
  })
  @AccessFor(Access.Registered)
  myStories(@CurrentViewer() viewer: Viewer, @Args() page: PageArgs): Promise<Connection<Story>> {
    return this.lists.own(viewer, page);
  }

  @Query(() => StoryConnection, {
    description: 'Stories of others that you work on, published or not, newest first.',
  })
  @AccessFor(Access.Registered)
  sharedStories(
    @CurrentViewer() viewer: Viewer,
    @Args() page: PageArgs,
  ): Promise<Connection<Story>> {
    return this.lists.shared(viewer, page);
  }

  @Mutation(() => Story, { description: 'Creates a story, as a draft without nodes.' })
  @AccessFor(Access.Registered)
  async createStory(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The new story.' }) input: CreateStoryInput,
  ): Promise<Story> {
    return toStory(await this.service.create(viewer, input));
  }

  @Mutation(() => Story, { description: 'Changes some details of a story.' })
  @AccessFor(Access.Registered)
  async updateStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'story', { description: 'The story to change.' }) storyId: number,
    @Args('input', { description: 'What to change.' }) input: UpdateStoryInput,
  ): Promise<Story> {
    return toStory(await this.service.update(viewer, storyId, input));
  }

  @Mutation(() => Story, {
    description: 'Replaces all details of a story; under a slug that is not taken, creates it.',
  })
  @AccessFor(Access.Registered)
  async putStory(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID, description: 'The id of the story, or its slug.' }) id: string,
    @Args('input', { description: 'The whole of the details.' }) input: PutStoryInput,
  ): Promise<Story> {
    return toStory(await this.service.put(viewer, id, input));
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a story. Readers who are in the middle of it can still finish.',
  })
  @AccessFor(Access.Registered)
  async deleteStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'story', { description: 'The story to delete.' }) storyId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, storyId);
    return true;
  }

  @ReadAhead()
  @ResolveField(() => User, { description: 'Its author, who owns it.' })
  async author(@Parent() { row }: Story, @RequestLoaders() loaders: Loaders): Promise<User> {
    const author = await loaders.over(this.users).load(row.authorId);
    if (author === undefined) throw noSuchUser();
    return toUser(author);
  }
}
