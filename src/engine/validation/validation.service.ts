import { Injectable } from '@nestjs/common';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { Finding } from '../core/finding.js';
import type { CompiledStory } from '../core/story.js';
import { validate } from '../core/validate.js';
import { StoryService } from '../../stories/story.service.js';
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
    private readonly stories: StoryService,
    private readonly drafts: DraftStories,
    private readonly acknowledgements: AcknowledgementRepository,
  ) {}

  /** All faults of the draft, for those who may see it. */
  async validateDraft(viewer: Viewer, storyId: number): Promise<KnownFinding[]> {
    const story = await this.drafts.compiled(viewer, storyId);
    return this.#known(storyId, story, validate(story));
  }

  /**
   * Notes that the author knows of a warning, or no longer. It stays quiet until its place changes.
   * @returns all faults of the draft, as they are known then
   * @throws {ApiError} `BAD_USER_INPUT` when the draft has no such finding, or it is an error
   */
  async acknowledge(
    viewer: Viewer,
    storyId: number,
    findingId: string,
    isKnown: boolean,
  ): Promise<KnownFinding[]> {
    await this.stories.getEditable(viewer, storyId);
    const story = await this.drafts.compiled(viewer, storyId);
    const findings = validate(story);
    if (isKnown) {
      const finding = acknowledgeable(findings, findingId);
      await this.acknowledgements.put(storyId, findingId, placeHash(finding, story));
    } else await this.acknowledgements.delete(storyId, findingId);
    return this.#known(storyId, story, findings);
  }

  async #known(
    storyId: number,
    story: CompiledStory,
    findings: readonly Finding[],
  ): Promise<KnownFinding[]> {
    const known = new Map(
      (await this.acknowledgements.findAll(storyId)).map((row) => [row.finding, row.placeHash]),
    );
    return findings.map((finding) => ({
      finding,
      isAcknowledged:
        known.size > 0 && known.get(findingKey(finding)) === placeHash(finding, story),
    }));
  }
}

function acknowledgeable(findings: readonly Finding[], findingId: string): Finding {
  const finding = findings.find((each) => findingKey(each) === findingId);
  if (finding === undefined) {
    throw badField('findingId', 'is no finding of the draft as it is now; validate it again');
  }
  if (finding.severity === 'error') {
    throw badField('findingId', 'is an error, and errors must be mended');
  }
  return finding;
}
