import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { PreviewService } from './preview.service.js';
import { PreviewInput, TextPreview } from './preview.type.js';

@Resolver(() => TextPreview)
export class PreviewResolver {
  constructor(private readonly service: PreviewService) {}

  @Query(() => TextPreview, {
    description:
      'Shows a text of a draft, or one that is not in it yet, as readers would get it. A faulty text is answered with its problems.',
  })
  @AccessFor(Access.Registered)
  previewText(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'What to show, and to whom.' }) input: PreviewInput,
  ): Promise<TextPreview> {
    return this.service.preview(viewer, storyId, input);
  }
}
