import { Injectable } from '@nestjs/common';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import type { MediaEntity } from './media.entity.js';
import { MediaRepository } from './media.repository.js';

@Injectable()
export class MediaById implements BatchSource<number, MediaEntity | undefined> {
  constructor(private readonly media: MediaRepository) {}

  async loadMany(mediaIds: readonly number[]) {
    return inKeyOrder(mediaIds, await this.media.findByIds(mediaIds), (row) => row.mediaId);
  }
}
