import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { mediumInUse } from '../../media/library/media.errors.js';
import { MediaRepository } from '../../media/library/media.repository.js';
import { LibraryService } from '../../stories/library/library.service.js';
import { MediaUseRepository } from './media-use.repository.js';

@Injectable()
export class MediaDeletionService {
  constructor(
    private readonly database: Database,
    private readonly library: LibraryService,
    private readonly media: MediaRepository,
    private readonly files: MediaFiles,
    private readonly uses: MediaUseRepository,
  ) {}

  /**
   * Deletes a medium for good. A change that is taken back later may still name it, and then shows nothing.
   * @throws {ApiError} `CONFLICT` naming where a draft or a version uses it
   */
  async delete(viewer: Viewer, mediaId: number): Promise<void> {
    const medium = await this.library.getEditable(viewer, mediaId);
    await this.database.transaction(async () => {
      await this.media.lock([mediaId], 'UPDATE');
      const uses = await this.uses.find(mediaId);
      if (uses.length > 0) {
        throw mediumInUse(
          uses.map(({ storyId, ...use }) => ({ storyId: encodeId('story', storyId), ...use })),
        );
      }
      // The files go first: a medium whose files are gone can be deleted again, files without a medium cannot.
      await this.files.delete(medium);
      await this.media.delete(mediaId);
    });
  }
}
