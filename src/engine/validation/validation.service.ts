import { Injectable } from '@nestjs/common';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { Finding } from '../core/finding.js';
import { validate } from '../core/validate.js';
import { DraftStories } from '../draft-stories.js';
import { AcknowledgementRepository } from './acknowledgement.repository.js';
import { findingKey, placeHash } from './finding-key.js';

/** A fault of a draft, and whether its author knows of it. */
export interface KnownFinding {
  readonly finding: Finding;
  readonly isAcknowledged: boolean;
}

@Injectable()
export class ValidationService {
  constructor(
    private readonly drafts: DraftStories,
    private readonly acknowledgements: AcknowledgementRepository,
  ) {}

  /** All faults of the draft, for those who may edit it. */
  async validateDraft(viewer: Viewer, storyId: number): Promise<KnownFinding[]> {
    const story = await this.drafts.compiled(viewer, storyId);
    const known = new Map(
      (await this.acknowledgements.findAll(storyId)).map((row) => [row.finding, row.placeHash]),
    );
    return validate(story).map((finding) => ({
      finding,
      isAcknowledged:
        known.size > 0 && known.get(findingKey(finding)) === placeHash(finding, story),
    }));
  }

  /**
   * Notes that the author knows of a warning, or no longer. It stays quiet until its place changes.
   * @throws {ApiError} `BAD_USER_INPUT` when the draft has no such finding, or it is an error
   */
  async acknowledge(
    viewer: Viewer,
    storyId: number,
    findingId: string,
    isKnown: boolean,
  ): Promise<void> {
    const story = await this.drafts.compiled(viewer, storyId);
    if (!isKnown) return this.acknowledgements.delete(storyId, findingId);
    const finding = validate(story).find((each) => findingKey(each) === findingId);
    if (finding === undefined) {
      throw badField('findingId', 'is no finding of the draft as it is now; validate it again');
    }
    if (finding.severity === 'error') {
      throw badField('findingId', 'is an error, and errors must be mended');
    }
    return this.acknowledgements.put(storyId, findingId, placeHash(finding, story));
  }
}
