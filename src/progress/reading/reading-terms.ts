import { Injectable } from '@nestjs/common';
import type DataLoader from 'dataloader';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ReadingRepository, type ReadingTerms } from './reading.repository.js';

/** On which terms the viewer of a request may look at stories. */
@Injectable()
export class TermsOfReading {
  constructor(private readonly reading: ReadingRepository) {}

  over(loaders: Loaders, { userId }: Viewer): DataLoader<number, ReadingTerms | undefined> {
    return loaders.about<ReadingTerms | undefined>(
      this,
      'terms',
      (storyIds) => this.reading.terms(userId, storyIds),
      undefined,
    );
  }
}
