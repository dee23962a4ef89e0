import { Mutation, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { MediaDeletionService } from './media-deletion.service.js';

@Resolver()
export class MediaDeletionResolver {
  constructor(private readonly service: MediaDeletionService) {}

  @Mutation(() => Boolean, {
    description:
      'Deletes a medium and its files. Refused while a draft, a version or a template uses it; the error says where.',
  })
  @AccessFor(Access.Registered)
  async deleteMedia(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'media', { description: 'The medium.' }) mediaId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, mediaId);
    return true;
  }
}
