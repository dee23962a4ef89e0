import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { MOST_OF_AN_OPERATION } from '../../graphql/limits.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ExportService } from './export.service.js';
import { ExportFormat, StoryExport } from './export.type.js';

@Resolver()
export class ExportResolver {
  constructor(private readonly service: ExportService) {}

  @Query(() => StoryExport, {
    description: 'A story as a file: its draft, or one of its versions; for those who work on it.',
    complexity: MOST_OF_AN_OPERATION,
  })
  @AccessFor(Access.Registered)
  exportStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('format', { type: () => ExportFormat, description: 'As what.' }) format: ExportFormat,
    @IdArg('versionId', 'version', { nullable: true, description: 'The draft when left out.' })
    versionId?: number,
  ): Promise<StoryExport> {
    return this.service.export(viewer, storyId, format, versionId);
  }
}
