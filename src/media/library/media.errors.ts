import { conflict, notFound, type FieldProblem } from '../../graphql/errors.js';
import type { MediaKindValue } from './media.entity.js';

export const noSuchMedia = () => notFound('There is no such medium.');

export const notUsableHere = (path: string, kind: MediaKindValue): FieldProblem => ({
  path,
  message: `must be ${kind === 'image' ? 'an image' : 'a recording'} of your library, or of this story’s`,
});

export const couldNotBeProcessed = (path: string): FieldProblem => ({
  path,
  message: 'could not be processed: upload it again',
});

/** Where a medium is in use: in a story, or in a template. */
export interface MediaUse {
  readonly storyId: string | null;
  readonly templateId: string | null;
  readonly title: string;
  /** Null for the cover. */
  readonly nodeKey: string | null;
  /** Null for the draft. */
  readonly version: number | null;
}

/** How many places the message names, and how many `extensions.uses` lists. */
const MOST_NAMED = 5;
const MOST_LISTED = 20;

/**
 * @param uses all of which the viewer may be told
 * @param isUsedElsewhere whether stories or templates use it too of which the viewer may not be told
 */
export const mediumInUse = (uses: readonly MediaUse[], isUsedElsewhere: boolean) => {
  const more = uses.length - MOST_NAMED;
  const places = [
    ...uses.slice(0, MOST_NAMED).map(placeOf),
    ...(more > 0 ? [`${more} more`] : []),
    ...(isUsedElsewhere ? ['a story or a template that you do not work on'] : []),
  ];
  return conflict(
    `The medium is in use: ${places.join('; ')}. Take it away from drafts and delete templates first; what a version shows stays.`,
    { uses: uses.slice(0, MOST_LISTED), usesTotal: uses.length },
  );
};

function placeOf({ templateId, title, nodeKey, version }: MediaUse): string {
  if (templateId !== null) return `the template “${title}”`;
  if (version !== null) return `version ${version} of “${title}”`;
  return nodeKey === null ? `the cover of “${title}”` : `node ${nodeKey} of “${title}”`;
}
