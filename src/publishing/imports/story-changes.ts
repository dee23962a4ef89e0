import { Injectable } from '@nestjs/common';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { Threads } from '../../threads/threads.js';
import { COMPARISON_TASKS } from '../comparison/comparison.task-file.js';
import type { WrittenDocument } from '../documents/draft-documents.js';
import type { ImportChanges } from './import-job.entity.js';
import { OverwriteRepository } from './overwrite.repository.js';
import { overwritesOf } from './overwrites.js';

/** Tells what imports do to drafts that are there. */
@Injectable()
export class StoryChanges {
  constructor(
    private readonly contents: DraftContentRepository,
    private readonly definitions: DraftDefinitionRepository,
    private readonly overwrites: OverwriteRepository,
    private readonly threads: Threads,
  ) {}

  /**
   * Writes a draft, and tells what that changed; to be called in a transaction.
   * @param write writes the draft of the story as one change
   * @returns what `write` does, with the changes: null where there are none
   */
  async telling(
    storyId: number,
    write: () => Promise<WrittenDocument>,
  ): Promise<WrittenDocument & { readonly changes: ImportChanges | null }> {
    await this.contents.lock(storyId);
    const before = await this.definitions.text(storyId);
    const written = await write();
    if (written.changeId === undefined) return { ...written, changes: null };
    const after = await this.definitions.text(storyId);
    const compared = await this.threads.run(COMPARISON_TASKS, 'compareDrafts', { before, after });
    const rows = await this.overwrites.find(storyId, written.changeId);
    return { ...written, changes: { ...compared, overwrites: await overwritesOf(rows) } };
  }
}
