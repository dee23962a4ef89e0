import { Injectable } from '@nestjs/common';
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

type Listener = (publication: Publication) => Promise<void>;

/** Tells of publications to the modules above, which act on them in the same transaction: what fails there undoes all. */
@Injectable()
export class Publications {
  readonly #listeners: Listener[] = [];

  /** Call it before the application has started. */
  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  async tell(publication: Publication): Promise<void> {
    for (const listener of this.#listeners) await listener(publication);
  }
}
