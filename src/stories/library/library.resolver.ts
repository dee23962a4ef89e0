import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { RequestUploadInput } from '../../media/uploads/upload.inputs.js';
import { toUpload, Upload } from '../../media/uploads/upload.type.js';
import { LibraryService } from './library.service.js';

@Resolver()
export class LibraryResolver {
  constructor(private readonly service: LibraryService) {}

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
}
