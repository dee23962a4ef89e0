import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SCORE_SQL } from '../stories/story.score.js';
import { GOOD_RATING, likingSql } from './liking.js';

/** How many stories are recommended at most. */
export const MOST_PICKS = 100;

/** How many of the stories that a reader played last tell their taste. */
const MOST_SEEDS = 50;

/** How many of the best of each order are looked at to find those that are well liked. */
const POOL = 300;

export type ReasonKind =
  'liked' | 'finished' | 'started' | 'readers' | 'subject' | 'category' | 'popular';

/** A story that is recommended. */
export interface Pick {
  readonly storyId: number;
  readonly kind: ReasonKind;
  /** The story that it is because of. */
  readonly becauseOf: number | null;
}

/**
 * Whether a row of `stories` is for a viewer, `$1`, who may be nobody: published, not one that they know already as a
 * reader or work on, and not by somebody whom they have blocked.
 */
const IS_FOR_VIEWER = `
  is_published AND author_id IS DISTINCT FROM $1::bigint
  AND stories.story_id NOT IN (
    SELECT story_id FROM user_progress WHERE user_id = $1
    UNION ALL SELECT story_id FROM reviews WHERE user_id = $1 AND deleted_at IS NULL
    UNION ALL SELECT story_id FROM story_collaborators WHERE user_id = $1
  )
  AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE blocker_id = $1)`;

/** What a viewer, `$1`, played last, without their own stories. */
const SEEDS = `
  SELECT story_id, category, language, ${likingSql('finishes', 'rating')} AS liking,
         CASE WHEN rating >= ${GOOD_RATING} THEN 'liked' WHEN finishes > 0 THEN 'finished' ELSE 'started' END AS kind
  FROM reader_stories JOIN stories USING (story_id)
    LEFT JOIN (SELECT story_id, rating FROM reviews WHERE user_id = $1 AND deleted_at IS NULL) AS rated USING (story_id)
  WHERE user_id = $1 AND is_published AND author_id <> user_id
  ORDER BY last_at DESC, story_id DESC LIMIT ${MOST_SEEDS}`;

/** What is near the seeds, most of all; the reason is the seed that did most for it. */
const BY_TASTE = `
  WITH seeds AS (${SEEDS}), near AS (
    SELECT neighbour_id AS story_id, sum(liking * score) AS score,
           (array_agg(seeds.story_id ORDER BY liking * score DESC, seeds.story_id))[1] AS because_of
    FROM seeds JOIN story_neighbours USING (story_id) GROUP BY neighbour_id HAVING sum(liking * score) > 0
  )
  SELECT stories.story_id AS "storyId", seeds.kind, because_of AS "becauseOf"
  FROM near JOIN stories USING (story_id) JOIN seeds ON seeds.story_id = because_of
  WHERE ${IS_FOR_VIEWER}
  ORDER BY near.score DESC, stories.story_id DESC LIMIT ${MOST_PICKS}`;

const NEIGHBOURS = `
  SELECT stories.story_id AS "storyId", CASE WHEN is_by_readers THEN 'readers' ELSE 'subject' END AS kind,
         $2::bigint AS "becauseOf"
  FROM story_neighbours JOIN stories ON stories.story_id = neighbour_id
  WHERE story_neighbours.story_id = $2 AND ${IS_FOR_VIEWER}
  ORDER BY score DESC, neighbour_id DESC`;

/** How well a story is liked by how many: the rating that `TOP_RATED` goes by, for each time that plays are doubled. */
const LIKED = `${SCORE_SQL} * ln(2 + play_count)`;

/**
 * Those that are well liked, of what is rated best and played most: at first in a language and a category of `known`, then
 * in such a language.
 * @param known SQL: rows of language and category
 */
const wellLiked = (known: string): string => `
  WITH known AS (SELECT DISTINCT language, category FROM (${known}) AS seen), pool AS (
    (SELECT story_id FROM stories WHERE is_published ORDER BY ${SCORE_SQL} DESC, story_id DESC LIMIT ${POOL})
    UNION (SELECT story_id FROM stories WHERE is_published ORDER BY play_count DESC, story_id DESC LIMIT ${POOL})
    UNION SELECT best.story_id FROM known CROSS JOIN LATERAL (
      SELECT story_id FROM stories
      WHERE is_published AND stories.category = known.category AND stories.language = known.language
      ORDER BY ${LIKED} DESC, story_id DESC LIMIT ${POOL}
    ) AS best
  )
  SELECT story_id AS "storyId", CASE WHEN is_of_category THEN 'category' ELSE 'popular' END AS kind,
         NULL AS "becauseOf"
  FROM pool JOIN stories USING (story_id) CROSS JOIN LATERAL (
    SELECT (language, category) IN (SELECT language, category FROM known) AS is_of_category,
           language IN (SELECT language FROM known) AS is_of_language
  ) AS fit
  WHERE ${IS_FOR_VIEWER}
  ORDER BY is_of_category DESC, is_of_language DESC, ${LIKED} DESC, story_id DESC LIMIT ${2 * MOST_PICKS}`;

const WELL_LIKED = wellLiked(SEEDS);

const WELL_LIKED_OF_CATEGORY = `
  SELECT * FROM (${wellLiked('SELECT language, category FROM stories WHERE story_id = $2')}) AS liked WHERE kind = 'category'`;

/** What to recommend. A viewer is the id of a user, or null for nobody. */
@Injectable()
export class RecommendationRepository {
  constructor(private readonly database: Database) {}

  byTaste(userId: number): Promise<Pick[]> {
    return this.database.query(BY_TASTE, [userId]);
  }

  neighbours(viewer: number | null, storyId: number): Promise<Pick[]> {
    return this.database.query(NEIGHBOURS, [viewer, storyId]);
  }

  /** For who has no taste yet, and after what is to it. */
  wellLiked(viewer: number | null): Promise<Pick[]> {
    return this.database.query(WELL_LIKED, [viewer]);
  }

  /** Of the category and in the language of a story. */
  wellLikedOfCategory(viewer: number | null, storyId: number): Promise<Pick[]> {
    return this.database.query(WELL_LIKED_OF_CATEGORY, [viewer, storyId]);
  }
}
