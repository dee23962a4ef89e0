import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import { MediaFiles } from '../../media/library/media-files.js';
import { MediaById } from '../../media/library/media.loaders.js';
import type { MediaRef } from '../../media/library/media-uses.js';
import { toMedia } from '../../media/library/media.type.js';
import { DraftNodeMedia } from './node-media.type.js';
import { DraftNode } from './node.type.js';

/** What nodes of drafts show and play: one statement for all of a request. */
@Resolver(() => DraftNode)
export class NodeMediaResolver {
  constructor(
    private readonly media: MediaById,
    private readonly files: MediaFiles,
  ) {}

  @ResolveField(() => DraftNodeMedia, { nullable: true, description: 'The image shown with it.' })
  image(
    @Parent() { row }: DraftNode,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftNodeMedia> | null {
    return this.#load(row.media?.image, loaders);
  }

  @ResolveField(() => DraftNodeMedia, {
    nullable: true,
    description: 'The recording that goes with it.',
  })
  audio(
    @Parent() { row }: DraftNode,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftNodeMedia> | null {
    return this.#load(row.media?.audio, loaders);
  }

  #load(ref: MediaRef | undefined, loaders: Loaders): Promise<DraftNodeMedia> | null {
    if (ref === undefined) return null;
    return loaders
      .over(this.media)
      .load(ref.id)
      .then((row) => ({
        media: row === undefined ? null : toMedia(row, this.files.url),
        altText: ref.alt,
      }));
  }
}
