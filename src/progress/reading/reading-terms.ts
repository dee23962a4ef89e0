import { Injectable } from '@nestjs/common';
import { inKeyOrder, type BatchSource } from '../../graphql/loaders.js';
import { ReadingRepository, type ReadingTerms } from './reading.repository.js';

/** Those of deleted stories included: whoever plays one plays on. */
@Injectable()
export class ReadingTermsById implements BatchSource<number, ReadingTerms | undefined> {
  constructor(private readonly reading: ReadingRepository) {}

  async loadMany(storyIds: readonly number[]) {
    return inKeyOrder(storyIds, await this.reading.terms(storyIds), ({ storyId }) => storyId);
  }
}
