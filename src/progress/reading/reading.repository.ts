import { Injectable } from '@nestjs/common';
import { anyOf } from '../../database/any-of.js';
import { Database, type PreparedStatement } from '../../database/database.js';
import type { CollaboratorRole } from '../../stories/story.policy.js';
import type { StoryEntity } from '../../stories/story.entity.js';

/** What decides which nodes of a story a reader may look at. */
export interface ReadingTerms extends Pick<StoryEntity, 'storyId' | 'authorId' | 'spoilerGuard'> {
  /** What the reader is to it as a collaborator; told under a spoiler guard alone. */
  readonly sharedRole: CollaboratorRole | null;
  /**
   * How many playthroughs of it the reader has begun, and steps they have made in them: it goes up with each, so that what was
   * known at this moment is all there is. Told under a spoiler guard alone.
   */
  readonly clock: number | null;
}

/** The columns of {@link ReadingTerms} of `stories`, for a reader: a parameter of the statement. */
export const termsFor = (userId: string): string => `
  stories.story_id AS "storyId", author_id AS "authorId", spoiler_guard AS "spoilerGuard",
  CASE WHEN spoiler_guard THEN (
    SELECT role FROM story_collaborators AS shared
    WHERE shared.story_id = stories.story_id AND shared.user_id = ${userId}
  ) END AS "sharedRole",
  CASE WHEN spoiler_guard THEN (
    SELECT count(*) + coalesce(sum(step), 0) FROM user_progress AS play
    WHERE play.story_id = stories.story_id AND play.user_id = ${userId}
  ) END AS clock`;

const TERMS: PreparedStatement = {
  name: 'reading-terms',
  text: `SELECT ${termsFor('$1')} FROM stories WHERE story_id = ${anyOf('$2')}`,
};

/** What readers have come to. */
@Injectable()
export class ReadingRepository {
  constructor(private readonly database: Database) {}

  /** By story; those of deleted ones too, as who plays one plays on. */
  async terms(userId: number, storyIds: readonly number[]): Promise<Map<number, ReadingTerms>> {
    const rows = await this.database.prepared<ReadingTerms>(TERMS, [userId, storyIds]);
    return new Map(rows.map((row) => [row.storyId, row]));
  }

  /** The ids of the nodes that the user has come to in any playthrough of some stories, by story. */
  async visitedNodes(
    userId: number,
    storyIds: readonly number[],
  ): Promise<Map<number, ReadonlySet<number>>> {
    const rows = await this.database.query<{ storyId: number; nodeIds: number[] }>(
      `SELECT story_id AS "storyId", array_agg(node_id) AS "nodeIds" FROM (
         SELECT story_id, node_id FROM progress_steps JOIN user_progress USING (progress_id)
         WHERE user_id = $1 AND story_id = ANY($2)
         UNION SELECT story_id, current_node_id FROM user_progress
         WHERE user_id = $1 AND story_id = ANY($2)
       ) AS visited GROUP BY story_id`,
      [userId, storyIds],
    );
    return new Map(rows.map(({ storyId, nodeIds }) => [storyId, new Set(nodeIds.map(Number))]));
  }

  /** Whether the user has come to an ending of a story in any playthrough, also in one deleted since. */
  async hasFinished(userId: number, storyId: number): Promise<boolean> {
    const [row] = await this.database.query<{ hasFinished: boolean }>(
      `SELECT EXISTS (
         SELECT FROM user_progress AS play
         WHERE user_id = $1 AND story_id = $2 AND (is_completed OR EXISTS (
           SELECT FROM progress_steps AS step WHERE step.progress_id = play.progress_id AND is_end
         ))
       ) AS "hasFinished"`,
      [userId, storyId],
    );
    return row?.hasFinished ?? false;
  }
}
