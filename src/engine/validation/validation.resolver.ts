import { Query, Resolver } from '@nestjs/graphql';
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
    description: 'Every structural fault of a draft at once, for those who may edit it.',
  })
  @AccessFor(Access.Registered)
  async validateStory(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story to check.' }) storyId: number,
  ): Promise<ValidationReport> {
    return toReport(await this.service.validateDraft(viewer, storyId));
  }
}
