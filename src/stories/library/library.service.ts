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
import { notYourStory, WRITERS } from '../story.errors.js';
import { mayInspect, mayWrite, type StoryRole } from '../story.policy.js';
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

  /** Makes a medium of the viewer's upload; for the library of a story only while they may still change that. */
  async complete(viewer: Viewer, uploadId: number, altText: string): Promise<MediaEntity> {
    const upload = await this.uploads.arrived(viewer, uploadId, 'id');
    if (upload.storyId !== null) await this.stories.getEditable(viewer, upload.storyId);
    return this.service.complete(upload, altText);
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
  async getVisible(viewer: Viewer, mediaId: number): Promise<MediaEntity> {
    return (await this.#find(viewer, mediaId)).row;
  }

  /** A medium of the viewer's, or of a story that they may write. */
  async getEditable(viewer: Viewer, mediaId: number): Promise<MediaEntity> {
    const { row, role } = await this.#find(viewer, mediaId);
    if (!mayWrite(role)) throw notYourStory(WRITERS);
    return row;
  }

  async setAltText(viewer: Viewer, mediaId: number, altText: string): Promise<MediaEntity> {
    const row = await this.getEditable(viewer, mediaId);
    await this.media.setAltText(mediaId, altText);
    return { ...row, altText };
  }

  /** A medium, and what the viewer is to it: who uploaded it owns it, others have their part in its story. */
  async #find(
    viewer: Viewer,
    mediaId: number,
  ): Promise<{ row: MediaEntity; role: StoryRole | undefined }> {
    const row = await this.media.findById(mediaId);
    if (row === null) throw noSuchMedia();
    if (row.userId === viewer.userId || viewer.role === 'admin') return { row, role: 'owner' };
    const story = row.storyId === null ? null : await this.storyRepository.findById(row.storyId);
    const role = story === null ? undefined : await this.roles.find(viewer, story);
    if (!mayInspect(role)) throw noSuchMedia();
    return { row, role };
  }
}
