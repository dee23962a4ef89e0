import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { PlayState } from '../../engine/core/play.js';

/** A playthrough that goes on. */
export interface LivePlaythrough {
  readonly progressId: number;
  readonly versionId: number;
  readonly state: PlayState;
}

@Injectable()
export class ImpactRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` playthroughs of a story that go on, oldest first. @param after the id of the one before them */
  live(storyId: number, limit: number, after: number): Promise<LivePlaythrough[]> {
    return this.database.query(
      `SELECT progress_id AS "progressId", version_id AS "versionId", state FROM user_progress
       WHERE story_id = $1 AND progress_id > $2 AND NOT is_completed AND deleted_at IS NULL
       ORDER BY progress_id LIMIT $3`,
      [storyId, after, limit],
    );
  }
}
