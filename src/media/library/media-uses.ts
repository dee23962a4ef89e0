import { Injectable } from '@nestjs/common';
import { decodeId } from '../../graphql/ids.js';
import type { FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { MediaEntity, MediaKindValue } from './media.entity.js';
import { couldNotBeProcessed, notUsableHere } from './media.errors.js';
import type { MediaUseInput } from './media.inputs.js';
import { MediaRepository } from './media.repository.js';

/** What a draft keeps of a medium: which it is, and what it shows or says there. */
export interface MediaRef {
  readonly id: number;
  readonly alt: string;
}

/** A medium that somebody wants to show or play. */
export interface WantedUse {
  /** The input field, for problems. */
  readonly path: string;
  readonly kind: MediaKindValue;
  readonly use: MediaUseInput;
  /** What is there already: it may stay, whosever it is. */
  readonly present?: MediaRef;
}

/** Who may show and play which media. */
@Injectable()
export class MediaUses {
  constructor(private readonly media: MediaRepository) {}

  /**
   * Finds the medium that is wanted, and keeps it from being deleted until the transaction ends.
   * @param storyId the story that it is for; undefined for one that is not there yet
   */
  async find(
    viewer: Viewer,
    storyId: number | undefined,
    { path, kind, use, present }: WantedUse,
  ): Promise<MediaRef | FieldProblem> {
    const id = decodeId('media', use.mediaId, `${path}.mediaId`);
    await this.media.lock([id], 'KEY SHARE');
    const row = await this.media.findById(id);
    const isHere = row !== null && (present?.id === id || mayUse(viewer, storyId, row));
    if (!isHere || row.kind !== kind) return notUsableHere(`${path}.mediaId`, kind);
    if (row.status === 'failed') return couldNotBeProcessed(`${path}.mediaId`);
    return { id, alt: use.altText ?? row.altText };
  }
}

export const isProblem = (found: MediaRef | FieldProblem): found is FieldProblem => 'path' in found;

const mayUse = (viewer: Viewer, storyId: number | undefined, row: MediaEntity): boolean =>
  viewer.role === 'admin' ||
  row.userId === viewer.userId ||
  (storyId !== undefined && row.storyId === storyId);
