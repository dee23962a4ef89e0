import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { validate } from '../../engine/core/validate.js';
import { toReport, ValidationReport } from '../../engine/validation/validation.type.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryById } from '../../stories/story.loaders.js';
import { mayEdit } from '../../stories/story.policy.js';
import { PublishedStories } from '../reader/published-stories.js';
import { StoryVersion } from './version.type.js';

/** What only those who may edit the story get of its versions. */
@Resolver(() => StoryVersion)
export class VersionResolver {
  constructor(
    private readonly stories: StoryById,
    private readonly published: PublishedStories,
  ) {}

  @ResolveField(() => ValidationReport, {
    nullable: true,
    description:
      'Every fault of the version, as the validator knows them today; null for those who may not edit the story.',
  })
  async validation(
    @Parent() { row }: StoryVersion,
    @CurrentViewer() viewer: Viewer | undefined,
    @RequestLoaders() loaders: Loaders,
  ): Promise<ValidationReport | null> {
    const story = await loaders.over(this.stories).load(row.storyId);
    if (story === undefined || !mayEdit(viewer, story)) return null;
    const version = await loaders.over(this.published).load(row.versionId);
    if (version === undefined) return null;
    const findings = validate(version.graph);
    return toReport(findings.map((finding) => ({ finding, isAcknowledged: false })));
  }
}
