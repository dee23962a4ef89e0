import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { VersionHeadById } from '../../publishing/versions/version.loaders.js';
import { StoryVersion, toVersion } from '../../publishing/versions/version.type.js';
import { noSuchStory } from '../../stories/story.errors.js';
import { Progress, toProgress } from '../playthroughs/progress.type.js';
import { MovePlaythroughsInput } from './move.inputs.js';
import { MoveService } from './move.service.js';
import { PlaythroughMove, PlaythroughMoveConnection, toMove } from './move.type.js';

@Resolver(() => PlaythroughMove)
export class MoveResolver {
  constructor(
    private readonly service: MoveService,
    private readonly versions: VersionHeadById,
  ) {}

  @Mutation(() => PlaythroughMove, {
    description:
      'Moves those who are reading a story to its published version, as far as they can go on there, in the background. Ask for playthroughMoves until it is DONE.',
  })
  @AccessFor(Access.Registered)
  async movePlaythroughs(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { nullable: true, description: 'How to move them.' })
    input?: MovePlaythroughsInput,
  ): Promise<PlaythroughMove> {
    return toMove(await this.service.request(viewer, storyId, input ?? {}));
  }

  @Query(() => PlaythroughMoveConnection, {
    description: 'The moves of those who read a story, newest first; for those who work on it.',
  })
  @AccessFor(Access.Registered)
  playthroughMoves(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() page: PageArgs,
  ): Promise<Connection<PlaythroughMove>> {
    return this.service.list(viewer, storyId, page);
  }

  @Mutation(() => Progress, {
    description:
      'Takes your playthrough to the newest version of its story. Refused, and left as it is, where it cannot go on there.',
  })
  @AccessFor(Access.SignedIn)
  async moveToLatest(
    @CurrentViewer() viewer: Viewer,
    @IdArg('progressId', 'progress', { description: 'The playthrough.' }) progressId: number,
  ): Promise<Progress> {
    return toProgress(await this.service.toLatest(viewer, progressId));
  }

  @ResolveField(() => StoryVersion, { description: 'The version that readers are moved to.' })
  async version(
    @Parent() { row }: PlaythroughMove,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryVersion> {
    const head = await loaders.over(this.versions).load(row.versionId);
    if (head === undefined) throw noSuchStory();
    return toVersion(head);
  }
}
