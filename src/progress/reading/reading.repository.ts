import { Injectable } from '@nestjs/common';
import { Database, type PreparedStatement } from '../../database/database.js';
import type { StoryEntity } from '../../stories/story.entity.js';

/** What decides, beside the viewer, which nodes of a story may be looked at. */
export type ReadingTerms = Pick<StoryEntity, 'storyId' | 'authorId' | 'spoilerGuard'>;

const TERMS: PreparedStatement = {
  name: 'reading-terms',
  text: `SELECT story_id AS "storyId", author_id AS "authorId", spoiler_guard AS "spoilerGuard"
         FROM stories WHERE story_id = ANY($1)`,
};

/** What readers have come to. */
@Injectable()
export class ReadingRepository {
  constructor(private readonly database: Database) {}

  terms(storyIds: readonly number[]): Promise<ReadingTerms[]> {
    return this.database.prepared<ReadingTerms>(TERMS, [storyIds]);
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
