import { Injectable } from '@nestjs/common';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { Threads } from '../../threads/threads.js';
import type { FindingRecord } from '../core/prover/proof-record.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { STORY_TASKS } from '../story.task-file.js';
import type { PlacedFinding } from '../story.tasks.js';
import { AcknowledgementRepository } from './acknowledgement.repository.js';
import { findingKey } from './finding-key.js';

/** A fault of a draft, and whether its author knows of it. */
export interface KnownFinding {
  readonly finding: FindingRecord;
  readonly isAcknowledged: boolean;
}

@Injectable()
export class ValidationService {
  constructor(
    private readonly stories: StoryService,
    private readonly drafts: DraftDefinitionRepository,
    private readonly acknowledgements: AcknowledgementRepository,
    private readonly threads: Threads,
  ) {}

  /** All faults of the draft, for those who may see it. */
  async validateDraft(viewer: Viewer, storyId: number): Promise<KnownFinding[]> {
    await this.stories.getInspectable(viewer, storyId);
    const known = await this.#known(storyId);
    return marked(await this.#find(storyId, [...known.keys()]), known);
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
    const known = await this.#known(storyId);
    const found = await this.#find(storyId, [...known.keys(), findingId]);
    if (isKnown) {
      await this.acknowledgements.put(storyId, findingId, acknowledgeable(found, findingId));
    } else await this.acknowledgements.delete(storyId, findingId);
    return marked(found, await this.#known(storyId));
  }

  async #find(storyId: number, findingIds: readonly string[]): Promise<PlacedFinding[]> {
    const draft = await this.drafts.text(storyId);
    return this.threads.run(STORY_TASKS, 'findFaults', { draft, findingIds: new Set(findingIds) });
  }

  /** The findings that the author knows of, and where. */
  async #known(storyId: number): Promise<Map<string, string>> {
    const rows = await this.acknowledgements.findAll(storyId);
    return new Map(rows.map(({ finding, placeHash }) => [finding, placeHash]));
  }
}

const marked = (
  found: readonly PlacedFinding[],
  known: ReadonlyMap<string, string>,
): KnownFinding[] =>
  found.map(({ finding, place }) => ({
    finding,
    isAcknowledged: place !== undefined && known.get(findingKey(finding)) === place,
  }));

/** @returns the hash of its place */
function acknowledgeable(found: readonly PlacedFinding[], findingId: string): string {
  const known = found.find(({ finding }) => findingKey(finding) === findingId);
  if (known?.place === undefined) {
    throw badField('findingId', 'is no finding of the draft as it is now; validate it again');
  }
  if (known.finding.severity === 'error') {
    throw badField('findingId', 'is an error, and errors must be mended');
  }
  return known.place;
}
