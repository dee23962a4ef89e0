import { Injectable } from '@nestjs/common';
import { Announcements } from '../../database/announcements.js';

/** Playthroughs were moved to a later version at the word of somebody who works on the story. */
export interface RelocatedReaders {
  readonly storyId: number;
  readonly versionId: number;
  readonly requestedBy: number;
  /** Whose playthroughs they are. */
  readonly userIds: readonly number[];
}

@Injectable()
export class Relocations extends Announcements<RelocatedReaders> {}
