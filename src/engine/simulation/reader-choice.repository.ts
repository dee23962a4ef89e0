import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';

/** What readers chose. The steps belong to progress, which stands above: here they are only counted. */
@Injectable()
export class ReaderChoiceRepository {
  constructor(private readonly database: Database) {}

  /** By choice id: how often readers made it, in any version. */
  async choices(storyId: number): Promise<Map<number, number>> {
    const rows = await this.database.query<{ choiceId: number; made: number }>(
      `SELECT choice_id AS "choiceId", count(*) AS made
       FROM progress_steps JOIN user_progress USING (progress_id)
       WHERE story_id = $1 AND choice_id IS NOT NULL GROUP BY choice_id`,
      [storyId],
    );
    return new Map(rows.map(({ choiceId, made }) => [choiceId, made]));
  }
}
