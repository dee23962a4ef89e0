import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { noSuchUser } from '../../auth/auth.errors.js';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { mayInspect } from '../story.policy.js';
import { Story } from '../story.type.js';
import { CollaboratorRepository } from './collaborator.repository.js';
import { CollaboratorService } from './collaborator.service.js';
import { Collaborator, CollaboratorRole, StoryRole, toCollaborator } from './collaborator.type.js';
import { StoryRoles } from './story-roles.js';

@Resolver(() => Story)
export class StoryCollaboratorsResolver {
  constructor(
    private readonly collaborators: CollaboratorRepository,
    private readonly roles: StoryRoles,
  ) {}

  @ResolveField(() => StoryRole, {
    nullable: true,
    description:
      'What you are to the story; null for its readers. Administrators may do all that its owner may.',
  })
  async myRole(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryRole | null> {
    return ((await this.roles.load(loaders, viewer, row)) as StoryRole | undefined) ?? null;
  }

  @ResolveField(() => [Collaborator], {
    name: 'collaborators',
    nullable: true,
    description:
      'Its editors and viewers, at most 50; null for those who do not work on it. Its owner is the author.',
  })
  async ofStory(
    @Parent() { row }: Story,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Collaborator[] | null> {
    if (!mayInspect(await this.roles.load(loaders, viewer, row))) return null;
    const found = await loaders
      .about(this, 'collaborators', (ids) => this.collaborators.findByStories(ids), [])
      .load(row.storyId);
    return found.map(toCollaborator);
  }
}

@Resolver(() => Collaborator)
export class CollaboratorResolver {
  constructor(
    private readonly service: CollaboratorService,
    private readonly users: UserById,
  ) {}

  @Mutation(() => Collaborator, {
    description: 'Changes what a collaborator of your story may do, from now on.',
  })
  @AccessFor(Access.Registered)
  async setCollaboratorRole(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('userId', 'user', { description: 'The collaborator.' }) userId: number,
    @Args('role', { type: () => CollaboratorRole, description: 'What they shall be.' })
    role: CollaboratorRole,
  ): Promise<Collaborator> {
    return toCollaborator(await this.service.setRole(viewer, storyId, userId, role));
  }

  @Mutation(() => Boolean, {
    description:
      'Takes a collaborator off your story, at once; or yourself off the story of another.',
  })
  @AccessFor(Access.Registered)
  async removeCollaborator(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('userId', 'user', { description: 'The collaborator.' }) userId: number,
  ): Promise<boolean> {
    await this.service.remove(viewer, storyId, userId);
    return true;
  }

  @ResolveField(() => User, { description: 'Who they are.' })
  user(@Parent() { row }: Collaborator, @RequestLoaders() loaders: Loaders): Promise<User> {
    return this.#user(loaders, row.userId);
  }

  @ResolveField(() => User, { description: 'Who invited them, or took the story over from them.' })
  addedBy(@Parent() { row }: Collaborator, @RequestLoaders() loaders: Loaders): Promise<User> {
    return this.#user(loaders, row.addedBy);
  }

  async #user(loaders: Loaders, userId: number): Promise<User> {
    const user = await loaders.over(this.users).load(userId);
    if (user === undefined) throw noSuchUser();
    return toUser(user);
  }
}
