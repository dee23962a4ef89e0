import { Injectable } from '@nestjs/common';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { RequestUploadInput } from '../../media/uploads/upload.inputs.js';
import { UploadService } from '../../media/uploads/upload.service.js';
import { StoryService } from '../story.service.js';

/** What authors do with the media of their stories, and with their own. */
@Injectable()
export class LibraryService {
  constructor(
    private readonly uploads: UploadService,
    private readonly stories: StoryService,
  ) {}

  async requestUpload(viewer: Viewer, input: RequestUploadInput) {
    const storyId = input.storyId ? decodeId('story', input.storyId, 'input.storyId') : null;
    if (storyId !== null) await this.stories.getEditable(viewer, storyId);
    return this.uploads.request(viewer, input, storyId);
  }
}
