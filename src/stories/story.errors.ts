import { breachedConstraint } from '../database/breached-constraint.js';
import { badField, conflict, forbidden, notFound } from '../graphql/errors.js';
import type { LaterChange } from './changes/later-changes.js';
import { toStory } from './story.type.js';
import type { StoryEntity } from './story.entity.js';

export const keptFromReaders = () =>
  forbidden('Its spoiler guard keeps the whole of this story from readers: play it.');

export const noSuchStory = () => notFound('There is no such story.');

/** Those who may change a story, as messages name them. */
export const WRITERS = 'the owner and the editors';

/** @param whose those who may, as the message names them */
export const notYourStory = (whose: string) =>
  forbidden(`Only ${whose} of this story may do this.`);

export const idOrSlugNeeded = () => badField('id', 'give the id of the story, or its slug');

export const notBothIdAndSlug = () =>
  badField('slug', 'give the id of the story or its slug, not both');

export const relevanceNeedsQuery = () => badField('orderBy', 'RELEVANCE needs filter.query');

export const notASlug = () =>
  badField(
    'id',
    'must be the id of a story, or, for a new story, its slug: 1 to 80 lower-case letters and digits, in words joined by hyphens',
  );

export const staleStory = (row: StoryEntity, { current, changedFields }: LaterChange) => {
  const { row: _, ...story } = toStory(row);
  return conflict(
    `The story has changed since: it is at revision ${row.revision}. Look at extensions.current and send your change again on that.`,
    { current: { ...story, ...current }, changedFields },
  );
};

export const isTakenSlug = (error: unknown): boolean =>
  breachedConstraint(error) === 'stories_slug_key';

/** Turns a breach of the unique slug into `CONFLICT`; rethrows anything else. */
export function rethrowTakenSlug(error: unknown): never {
  if (!isTakenSlug(error)) throw error;
  const taken = { path: 'input.slug', message: 'is taken; choose another' };
  throw conflict(`${taken.path}: ${taken.message}`, { fields: [taken] });
}
