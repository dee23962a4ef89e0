import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ValidationService } from './validation.service.js';
import { toReport, ValidationReport } from './validation.type.js';

@Resolver()
export class ValidationResolver {
  constructor(private readonly service: ValidationService) {}

  @Query(() => ValidationReport, {
    description:
      'Every fault of a draft’s structure and rules at once, for those who work on it. Warnings that were acknowledged are left out unless asked for.',
  })
  @AccessFor(Access.Registered)
  async validateStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to check.' }) storyId: number,
    @Args('includeAcknowledged', {
      defaultValue: false,
      description: 'Whether to tell of acknowledged warnings too.',
    })
    includeAcknowledged: boolean,
  ): Promise<ValidationReport> {
    const findings = await this.service.validateDraft(viewer, storyId);
    return toReport(findings, includeAcknowledged);
  }

  @Mutation(() => ValidationReport, {
    description:
      'Acknowledges a warning, so that it stays quiet until its place changes. Answers the findings that are left.',
  })
  @AccessFor(Access.Registered)
  async acknowledgeFinding(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('findingId', { description: 'The `id` of the finding.' }) findingId: string,
    @Args('isAcknowledged', { defaultValue: true, description: 'False takes it back.' })
    isAcknowledged: boolean,
  ): Promise<ValidationReport> {
    return toReport(await this.service.acknowledge(viewer, storyId, findingId, isAcknowledged));
  }
}
