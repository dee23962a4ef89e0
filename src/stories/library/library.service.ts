import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { MediaEntity } from '../../media/library/media.entity.js';
import { noSuchMedia } from '../../media/library/media.errors.js';
import { MediaRepository, type LibraryOwner } from '../../media/library/media.repository.js';
import { MediaService } from '../../media/library/media.service.js';
import type { RequestUploadInput } from '../../media/uploads/upload.inputs.js';
import { UploadService } from '../../media/uploads/upload.service.js';
import { StoryRoles } from '../collaborators/story-roles.js';
import { mayInspect, mayWrite, type Permission } from '../story.policy.js';
import { StoryRepository } from '../story.repository.js';
import { StoryService } from '../story.service.js';

/** What authors do with the media of their stories, and with their own. */
@Injectable()
export class LibraryService {
  constructor(
    private readonly uploads: UploadService,
    private readonly service: MediaService,
    private readonly media: MediaRepository,
    private readonly stories: StoryService,
    private readonly storyRepository: StoryRepository,
    private readonly roles: StoryRoles,
  ) {}

  async requestUpload(viewer: Viewer, input: RequestUploadInput) {
    const storyId = input.storyId ? decodeId('story', input.storyId, 'input.storyId') : null;
    if (storyId !== null) await this.stories.getEditable(viewer, storyId);
    return this.uploads.request(viewer, input, storyId);
  }

  complete(viewer: Viewer, uploadId: number, altText: string): Promise<MediaEntity> {
    return this.service.complete(viewer, uploadId, altText);
  }

  /** @param storyId the viewer's own media when left out */
  async page<Node>(
    viewer: Viewer,
    storyId: number | undefined,
    page: PageArgs,
    toNode: (row: MediaEntity) => Node,
  ): Promise<Connection<Node>> {
    if (storyId !== undefined) await this.stories.getInspectable(viewer, storyId);
    const owner: LibraryOwner = storyId === undefined ? { userId: viewer.userId } : { storyId };
    return paginate(
      {
        page,
        list: 'mediaLibrary',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.media.findPage(owner, limit, before as number | undefined),
        keysetOf: ({ mediaId }) => [mediaId],
        count: () => this.media.count(owner),
      },
      toNode,
    );
  }

  /** A medium of the viewer's, or of a story that they work on. */
  getVisible(viewer: Viewer, mediaId: number): Promise<MediaEntity> {
    return this.#permitted(viewer, mediaId, mayInspect);
  }

  /** A medium of the viewer's, or of a story that they may write. */
  getEditable(viewer: Viewer, mediaId: number): Promise<MediaEntity> {
    return this.#permitted(viewer, mediaId, mayWrite);
  }

  async setAltText(viewer: Viewer, mediaId: number, altText: string): Promise<MediaEntity> {
    const row = await this.getEditable(viewer, mediaId);
    await this.media.setAltText(mediaId, altText);
    return { ...row, altText };
  }

  async #permitted(viewer: Viewer, mediaId: number, may: Permission): Promise<MediaEntity> {
    const row = await this.media.findById(mediaId);
    if (row === null) throw noSuchMedia();
    if (row.userId === viewer.userId || viewer.role === 'admin') return row;
    const story = row.storyId === null ? null : await this.storyRepository.findById(row.storyId);
    if (story === null || !may(await this.roles.find(viewer, story))) throw noSuchMedia();
    return row;
  }
}
