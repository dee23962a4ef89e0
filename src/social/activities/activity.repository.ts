import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { ActivityEntity, ActivityKindName, AudienceName } from './activity.entity.js';
import { keptFrom, visibleBut } from './visibility.js';

export type ActivityRow = Omit<ActivityEntity, 'activityId'> & { readonly activityId: number };

export type NewActivity = Omit<ActivityEntity, 'activityId'>;

/** The columns of an `ActivityEntity`. */
export const COLUMNS = `activity.activity_id AS "activityId", activity.actor_id AS "actorId", activity.kind,
  activity.subject, activity.story_id AS "storyId", activity.at`;

/** The id that every activity is before. */
export const END = '9223372036854775807';

@Injectable()
export class ActivityRepository {
  constructor(private readonly database: Database) {}

  /** What somebody did already is not recorded again. */
  async insert(activities: readonly NewActivity[]): Promise<void> {
    await this.database.query(
      `INSERT INTO activities (actor_id, kind, subject, story_id, at)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])
         AS deed (actor_id, kind, subject, story_id, at)
       ORDER BY at ON CONFLICT DO NOTHING`,
      (['actorId', 'kind', 'subject', 'storyId', 'at'] as const).map((column) =>
        activities.map((activity) => activity[column]),
      ),
    );
  }

  async delete(actorId: number, kind: ActivityKindName, subject: string): Promise<void> {
    await this.database.query(
      'DELETE FROM activities WHERE actor_id = $1 AND kind = $2 AND subject = $3',
      [actorId, kind, subject],
    );
  }

  /**
   * A page of what each of some people did, as far as a viewer may see it, the latest first.
   * @param before the id of the activity that it comes after
   */
  async pages(
    viewerId: number | undefined,
    actorIds: readonly number[],
    limit: number,
    before: number | undefined,
  ): Promise<Map<number, ActivityRow[]>> {
    const rows = await this.database.query<ActivityRow>(
      `SELECT page.* FROM unnest($1::bigint[]) AS actor (id)
       CROSS JOIN LATERAL (SELECT ${keptFrom('actor.id', '$2::bigint')} AS kept) AS viewer
       CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM activities AS activity
         WHERE activity.actor_id = actor.id AND activity_id < $4 AND ${visibleBut('viewer.kept')}
         ORDER BY activity_id DESC LIMIT $3
       ) AS page ORDER BY "activityId" DESC`,
      [actorIds, viewerId ?? null, limit, before ?? END],
    );
    return Map.groupBy(rows, ({ actorId }) => actorId);
  }

  /** How much of what each of some people did a viewer may see; those of whom nothing are left out. */
  async counts(
    viewerId: number | undefined,
    actorIds: readonly number[],
  ): Promise<Map<number, number>> {
    const rows = await this.database.query<{ actorId: number; count: number }>(
      `SELECT actor.id AS "actorId", count(*) AS count FROM unnest($1::bigint[]) AS actor (id)
       CROSS JOIN LATERAL (SELECT ${keptFrom('actor.id', '$2::bigint')} AS kept) AS viewer
       JOIN activities AS activity ON activity.actor_id = actor.id AND ${visibleBut('viewer.kept')}
       GROUP BY actor.id`,
      [actorIds, viewerId ?? null],
    );
    return new Map(rows.map(({ actorId, count }) => [actorId, count]));
  }

  /** What somebody has said about who may see what they do. */
  async audiences(userId: number): Promise<Map<ActivityKindName, AudienceName>> {
    const rows = await this.database.query<{ kind: ActivityKindName; audience: AudienceName }>(
      'SELECT kind, audience FROM activity_audiences WHERE user_id = $1',
      [userId],
    );
    return new Map(rows.map(({ kind, audience }) => [kind, audience]));
  }

  async setAudience(userId: number, kind: ActivityKindName, audience: AudienceName): Promise<void> {
    await this.database.query(
      `INSERT INTO activity_audiences (user_id, kind, audience) VALUES ($1, $2, $3)
       ON CONFLICT (user_id, kind) DO UPDATE SET audience = EXCLUDED.audience`,
      [userId, kind, audience],
    );
  }
}
