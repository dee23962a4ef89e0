import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../graphql/viewer.js';
import type { Finding } from '../core/finding.js';
import { validate } from '../core/validate.js';
import { DraftStories } from '../draft-stories.js';

@Injectable()
export class ValidationService {
  constructor(private readonly drafts: DraftStories) {}

  /** All faults of the draft, for those who may edit it. */
  async validateDraft(viewer: Viewer, storyId: number): Promise<Finding[]> {
    return validate(await this.drafts.compiled(viewer, storyId));
  }
}
