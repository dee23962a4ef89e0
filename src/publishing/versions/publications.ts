import { Injectable } from '@nestjs/common';
import { Announcements } from '../../database/announcements.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { ReadersInput } from './publishing.inputs.js';

/** A story has been published. */
export interface Publication {
  readonly viewer: Viewer;
  readonly storyId: number;
  /** The version that readers start on now. */
  readonly versionId: number;
  /** What the author wants to become of those who are reading. */
  readonly readers: ReadersInput | undefined;
}

@Injectable()
export class Publications extends Announcements<Publication> {}
