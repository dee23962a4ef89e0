import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { compile } from '../core/story.js';
import type { Finding } from '../core/finding.js';
import { validate } from '../core/validate.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';

@Injectable()
export class ValidationService {
  constructor(
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
  ) {}

  /** All structural faults of the draft, for those who may edit it. */
  async validateDraft(viewer: Viewer, storyId: number): Promise<Finding[]> {
    await this.stories.getEditable(viewer, storyId);
    return validate(compile(await this.drafts.load(storyId)));
  }
}
