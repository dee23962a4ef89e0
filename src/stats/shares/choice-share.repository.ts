import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { StoryHeads } from '../../stories/story-heads.js';

export interface ChoiceCount {
  readonly choiceId: number;
  /** How often it was made. */
  readonly made: number;
  /** How many readers made it, counted up to a number. */
  readonly readers: number;
}

@Injectable()
export class ChoiceShareRepository {
  constructor(
    private readonly database: Database,
    private readonly heads: StoryHeads,
  ) {}

  /**
   * How often each choice of a node of a version was made, those that were.
   * @param most up to how many readers are counted: no more are looked at
   */
  counts(versionId: number, nodeId: number, most: number): Promise<ChoiceCount[]> {
    return this.database.query(
      `SELECT choice_id AS "choiceId", sum(made) AS made, (
         WITH RECURSIVE found (users) AS (
           SELECT '{}'::bigint[]
           UNION ALL SELECT users || another.user_id FROM found CROSS JOIN LATERAL (
             SELECT user_id FROM place_readers AS reader
             WHERE reader.place_id = places.place_id AND user_id <> ALL (users) LIMIT 1
           ) AS another WHERE cardinality(users) < $3
         )
         SELECT max(cardinality(users)) FROM found
       ) AS readers
       FROM choice_days JOIN places USING (version_id, node_id, choice_id)
       WHERE version_id = $1 AND node_id = $2 GROUP BY choice_id, place_id`,
      [versionId, nodeId, most],
    );
  }

  async show(storyId: number, show: boolean): Promise<void> {
    await this.database.query('UPDATE stories SET show_choice_shares = $2 WHERE story_id = $1', [
      storyId,
      show,
    ]);
    await this.heads.changed(storyId);
  }
}
