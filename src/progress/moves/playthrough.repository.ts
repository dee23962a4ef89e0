import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { PlayState } from '../../engine/core/play.js';
import type { StepOutcome } from '../playthroughs/progress-step.entity.js';

/** A playthrough that goes on. */
export interface LivePlaythrough {
  readonly progressId: number;
  readonly versionId: number;
  readonly step: number;
  readonly state: PlayState;
}

/** A playthrough that is to go on in another version. */
export interface Relocation {
  /** As it was looked at: where it has done a step since, nothing happens. */
  readonly playthrough: LivePlaythrough;
  readonly state: PlayState;
  readonly outcome: StepOutcome;
}

const COLUMNS = 'progress_id AS "progressId", version_id AS "versionId", step, state';

const IS_LIVE = 'NOT is_completed AND deleted_at IS NULL';

@Injectable()
export class PlaythroughRepository {
  constructor(private readonly database: Database) {}

  /** Up to `limit` playthroughs of a story that go on, oldest first. @param after the id of the one before them */
  live(storyId: number, limit: number, after: number): Promise<LivePlaythrough[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM user_progress
       WHERE story_id = $1 AND progress_id > $2 AND ${IS_LIVE} ORDER BY progress_id LIMIT $3`,
      [storyId, after, limit],
    );
  }

  /** Those of some playthroughs that go on; nothing else is done in them until the transaction ends. */
  lockLive(progressIds: readonly number[]): Promise<LivePlaythrough[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM user_progress
       WHERE progress_id = ANY($1) AND ${IS_LIVE} ORDER BY progress_id FOR NO KEY UPDATE`,
      [progressIds],
    );
  }

  /** Whose some playthroughs are. */
  async readersOf(progressIds: readonly number[]): Promise<number[]> {
    const rows = await this.database.query<{ userId: number }>(
      'SELECT DISTINCT user_id AS "userId" FROM user_progress WHERE progress_id = ANY($1)',
      [progressIds],
    );
    return rows.map(({ userId }) => userId);
  }

  /**
   * Puts playthroughs into a version, each by a step of its own. `last_updated` stays: readers have done nothing.
   * @returns the ids of those that had done no step since they were looked at
   */
  async relocate(versionId: number, relocations: readonly Relocation[]): Promise<Set<number>> {
    const moved = await this.database.query<{ progressId: number }>(
      `WITH wanted AS (
         SELECT * FROM unnest($2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[],
           $7::jsonb[], $8::jsonb[])
           AS wanted (id, step, from_version, from_node, to_node, state, outcome)
       ), moved AS (
         UPDATE user_progress
         SET version_id = $1, first_version_id = coalesce(first_version_id, version_id),
             current_node_id = to_node, state = wanted.state, step = wanted.step + 1, moved_at = now()
         FROM wanted
         WHERE progress_id = wanted.id AND user_progress.step = wanted.step
           AND version_id = from_version AND ${IS_LIVE}
         RETURNING progress_id, wanted.step, from_node, to_node, outcome, moved_at
       ), recorded AS (
         INSERT INTO progress_steps (progress_id, seq, node_id, to_node_id, outcome, at, version_id)
         SELECT progress_id, step, from_node, to_node, outcome, moved_at, $1 FROM moved
       )
       SELECT progress_id AS "progressId" FROM moved`,
      [
        versionId,
        relocations.map(({ playthrough }) => playthrough.progressId),
        relocations.map(({ playthrough }) => playthrough.step),
        relocations.map(({ playthrough }) => playthrough.versionId),
        relocations.map(({ playthrough }) => playthrough.state.node),
        relocations.map(({ state }) => state.node),
        relocations.map(({ state }) => JSON.stringify(state)),
        relocations.map(({ outcome }) => JSON.stringify(outcome)),
      ],
    );
    return new Set(moved.map(({ progressId }) => progressId));
  }
}
