import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { User } from '../../auth/users/user.type.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { StoryById } from '../../stories/story.loaders.js';
import { DraftChoice } from '../choices/choice.type.js';
import { DraftNode } from '../nodes/node.type.js';
import { StoryDraft } from './draft.type.js';
import { RowAuthors } from './row-authors.js';

const BY = 'null for what came by another way than the application.';

@Resolver(() => DraftNode)
export class DraftNodeUpdatedByResolver {
  constructor(private readonly authors: RowAuthors) {}

  @ResolveField(() => User, { nullable: true, description: `Who changed it last; ${BY}` })
  updatedBy(
    @Parent() { row }: DraftNode,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    return this.authors.load(loaders, row.updatedBy);
  }
}

@Resolver(() => DraftChoice)
export class DraftChoiceUpdatedByResolver {
  constructor(private readonly authors: RowAuthors) {}

  @ResolveField(() => User, { nullable: true, description: `Who changed it last; ${BY}` })
  updatedBy(
    @Parent() { row }: DraftChoice,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    return this.authors.load(loaders, row.updatedBy);
  }
}

@Resolver(() => StoryDraft)
export class StoryDraftUpdatedByResolver {
  constructor(
    private readonly authors: RowAuthors,
    private readonly stories: StoryById,
  ) {}

  @ResolveField(() => User, {
    nullable: true,
    description: `Who changed the details or the declarations last; ${BY}`,
  })
  async updatedBy(
    @Parent() { storyId }: StoryDraft,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    const story = await loaders.over(this.stories).load(storyId);
    return this.authors.load(loaders, story?.updatedBy);
  }
}
