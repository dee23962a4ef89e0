import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { ApiError } from '../../graphql/errors.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { mediumInUse } from '../../media/library/media.errors.js';
import { MediaRepository } from '../../media/library/media.repository.js';
import { LibraryService } from '../../stories/library/library.service.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import { mayInspect, type StoryRole } from '../../stories/story.policy.js';
import { MediaUseRepository, type MediaUseRow } from './media-use.repository.js';

@Injectable()
export class MediaDeletionService {
  constructor(
    private readonly database: Database,
    private readonly library: LibraryService,
    private readonly media: MediaRepository,
    private readonly files: MediaFiles,
    private readonly uses: MediaUseRepository,
    private readonly roles: StoryRoles,
  ) {}

  /**
   * Deletes a medium for good. A change that is taken back later may still name it, and then shows nothing.
   * @throws {ApiError} `CONFLICT` naming where a draft, a version or a template uses it, of those that the viewer works on
   */
  async delete(viewer: Viewer, mediaId: number): Promise<void> {
    const medium = await this.library.getEditable(viewer, mediaId);
    await this.database.transaction(async () => {
      await this.media.lock([mediaId], 'UPDATE');
      const uses = await this.uses.find(mediaId);
      if (uses.length > 0) throw await this.#inUse(viewer, uses);
      // The files go first: a medium whose files are gone can be deleted again, files without a medium cannot.
      await this.files.delete(medium);
      await this.media.delete(mediaId);
    });
  }

  async #inUse(viewer: Viewer, uses: readonly MediaUseRow[]): Promise<ApiError> {
    const roles = new Map<number, StoryRole | undefined>();
    for (const { storyId, authorId } of uses) {
      if (storyId === null || roles.has(storyId)) continue;
      roles.set(storyId, await this.roles.find(viewer, { storyId, authorId }));
    }
    const told = uses.filter(({ storyId, authorId }) =>
      storyId === null ? authorId === viewer.userId : mayInspect(roles.get(storyId)),
    );
    return mediumInUse(
      told.map(({ storyId, templateId, title, nodeKey, version }) => ({
        storyId: storyId === null ? null : encodeId('story', storyId),
        templateId: templateId === null ? null : encodeId('template', templateId),
        ...{ title, nodeKey, version },
      })),
      told.length < uses.length,
    );
  }
}
