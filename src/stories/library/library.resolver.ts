import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { MediaFiles } from '../../media/library/media-files.js';
import type { MediaEntity } from '../../media/library/media.entity.js';
import { CompleteUploadInput, UpdateMediaInput } from '../../media/library/media.inputs.js';
import { Media, MediaConnection, toMedia } from '../../media/library/media.type.js';
import { RequestUploadInput } from '../../media/uploads/upload.inputs.js';
import { toUpload, Upload } from '../../media/uploads/upload.type.js';
import { LibraryService } from './library.service.js';

@Resolver()
export class LibraryResolver {
  constructor(
    private readonly service: LibraryService,
    private readonly files: MediaFiles,
  ) {}

  @Query(() => MediaConnection, {
    description: 'The media of a story, or your own, newest first.',
  })
  @AccessFor(Access.Registered)
  mediaLibrary(
    @CurrentViewer() viewer: Viewer,
    @Args() page: PageArgs,
    @IdArg('storyId', 'story', {
      nullable: true,
      description: 'The story; your own when left out.',
    })
    storyId?: number,
  ): Promise<Connection<Media>> {
    return this.service.page(viewer, storyId, page, this.#toMedia);
  }

  @Query(() => Media, {
    nullable: true,
    description: 'One medium of yours, or of a story that you work on.',
  })
  @AccessFor(Access.Registered)
  async media(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'media', { description: 'The medium.' }) mediaId: number,
  ): Promise<Media> {
    return this.#toMedia(await this.service.getVisible(viewer, mediaId));
  }

  @Mutation(() => Upload, {
    description:
      'Answers an address that takes the bytes of one file. Send them there, then hand the id to completeUpload, or of a file to import to importStories.',
  })
  @AccessFor(Access.Registered)
  async requestUpload(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The file.' }) input: RequestUploadInput,
  ): Promise<Upload> {
    return toUpload(await this.service.requestUpload(viewer, input));
  }

  @Mutation(() => Media, {
    description:
      'Makes a medium of an upload whose bytes are sent. What is no image or recording by its content is refused and deleted.',
  })
  @AccessFor(Access.Registered)
  async completeUpload(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'upload', { description: 'The upload.' }) uploadId: number,
    @Args('input', { nullable: true, description: 'What to know of it.' })
    input?: CompleteUploadInput,
  ): Promise<Media> {
    return this.#toMedia(await this.service.complete(viewer, uploadId, input?.altText ?? ''));
  }

  @Mutation(() => Media, { description: 'Changes a medium.' })
  @AccessFor(Access.Registered)
  async updateMedia(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'media', { description: 'The medium.' }) mediaId: number,
    @Args('input', { description: 'What to change.' }) input: UpdateMediaInput,
  ): Promise<Media> {
    return this.#toMedia(await this.service.setAltText(viewer, mediaId, input.altText));
  }

  readonly #toMedia = (row: MediaEntity): Media => toMedia(row, this.files.url);
}
