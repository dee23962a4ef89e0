import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { validate } from '../../engine/core/validate.js';
import { toReport, ValidationReport } from '../../engine/validation/validation.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { paginate, PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { Story, toStory } from '../../stories/story.type.js';
import { StoryById } from '../../stories/story.loaders.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import { mayInspect } from '../../stories/story.policy.js';
import { toContent, VersionContent } from '../content/content.type.js';
import { PublishedStories } from '../reader/published-stories.js';
import type { PublishedStory } from '../reader/published-story.js';
import { VersionRepository, type VersionHead } from './version.repository.js';
import { VersionService } from './version.service.js';
import { StoryVersion, StoryVersionConnection, toVersion } from './version.type.js';

/** The cost of reading a version whole: as that of so many fields, so that no operation reads very many. */
const A_VERSION = ({ childComplexity }: { childComplexity: number }) => 500 + childComplexity;

/** What only those who work on the story get of its versions. */
@Resolver(() => StoryVersion)
export class VersionResolver {
  constructor(
    private readonly stories: StoryById,
    private readonly published: PublishedStories,
    private readonly users: UserById,
    private readonly roles: StoryRoles,
    private readonly storyService: StoryService,
    private readonly versions: VersionRepository,
    private readonly service: VersionService,
  ) {}

  @Query(() => StoryVersionConnection, {
    description: 'All versions of a story, newest first; for those who work on it.',
  })
  @AccessFor(Access.Registered)
  async storyVersions(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() page: PageArgs,
  ): Promise<Connection<StoryVersion>> {
    await this.storyService.getInspectable(viewer, storyId);
    return paginate(
      {
        page,
        list: 'storyVersions',
        keys: ['integer'],
        fetch: (limit, [before] = []) =>
          this.versions.findPage(storyId, limit, before as number | undefined),
        keysetOf: ({ number }) => [number],
        count: () => this.versions.count(storyId),
      },
      toVersion,
    );
  }

  @Query(() => StoryVersion, {
    nullable: true,
    description: 'A version of a story; for those who work on it.',
  })
  @AccessFor(Access.Registered)
  async storyVersion(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'version', { description: 'The version.' }) versionId: number,
  ): Promise<StoryVersion> {
    return toVersion(await this.service.get(viewer, versionId));
  }

  @Mutation(() => Story, {
    description:
      'Makes the draft again what a version is; undoDraft takes that back. Readers see nothing of it until you publish.',
  })
  @AccessFor(Access.Registered)
  async restoreVersion(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @IdArg('versionId', 'version', { description: 'The version.' }) versionId: number,
  ): Promise<Story> {
    return toStory(await this.service.restore(viewer, storyId, versionId));
  }

  @ResolveField(() => User, {
    nullable: true,
    description: 'Who published it; null for those who do not work on the story.',
  })
  async publishedBy(
    @Parent() { row }: StoryVersion,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    if (!(await this.#mayInspect(viewer, row.storyId, loaders))) return null;
    const user = await loaders.over(this.users).load(row.publishedBy);
    return user === undefined ? null : toUser(user);
  }

  @ResolveField(() => ValidationReport, {
    nullable: true,
    description:
      'Every fault of the version, as the validator knows them today; null for those who do not work on the story.',
    complexity: A_VERSION,
  })
  async validation(
    @Parent() { row }: StoryVersion,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<ValidationReport | null> {
    const version = await this.#inspected(row, viewer, loaders);
    if (version === null) return null;
    const findings = validate(version.graph);
    return toReport(findings.map((finding) => ({ finding, isAcknowledged: false })));
  }

  @ResolveField(() => VersionContent, {
    nullable: true,
    description:
      'All that it holds, conditions and answers too; null for those who do not work on the story.',
    complexity: A_VERSION,
  })
  async content(
    @Parent() { row }: StoryVersion,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<VersionContent | null> {
    const version = await this.#inspected(row, viewer, loaders);
    return version === null ? null : toContent(version);
  }

  /** The whole version; null for those who do not work on its story. */
  async #inspected(
    { storyId, versionId }: VersionHead,
    viewer: Viewer | undefined,
    loaders: Loaders,
  ): Promise<PublishedStory | null> {
    if (!(await this.#mayInspect(viewer, storyId, loaders))) return null;
    return (await loaders.over(this.published).load(versionId)) ?? null;
  }

  async #mayInspect(
    viewer: Viewer | undefined,
    storyId: number,
    loaders: Loaders,
  ): Promise<boolean> {
    const story = await loaders.over(this.stories).load(storyId);
    return story !== undefined && mayInspect(await this.roles.load(loaders, viewer, story));
  }
}
