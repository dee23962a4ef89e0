import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { COUNTED } from '../../ratings/rating-tally.repository.js';
import type { Channels, Kind } from '../kinds.js';
import type { Named } from '../texts.js';
import { NotificationEntity } from './notification.entity.js';

/** What a notification is about. */
export interface Subject {
  /** Tells it apart from others of its kind. */
  readonly key: string;
  /** Who did it, and is not told of it. */
  readonly actorId: number;
  readonly storyId?: number;
  readonly commentId?: number;
  readonly invitationId?: number;
  readonly reviewId?: number;
}

/** A notification, with the ways that it takes beside the list. */
export interface Dispatch {
  readonly notificationId: number;
  readonly userId: number;
  readonly byMail: boolean;
  readonly byPush: boolean;
}

/** A notification as it is written to its user. */
export interface Letter extends Named {
  readonly notificationId: number;
  readonly kind: Kind;
  readonly userId: number;
  readonly username: string;
  /** Their address, if it is confirmed. */
  readonly email: string | null;
}

/** The user of `notification` keeps nobody away who did it, and may still see its story; of comments, the draft; of reviews, what is told of. */
const IS_VISIBLE = `NOT EXISTS (
  SELECT FROM blocks WHERE blocker_id = notification.user_id AND blocked_id = notification.actor_id
) AND (notification.story_id IS NULL OR EXISTS (
  SELECT FROM stories JOIN users AS told ON told.user_id = notification.user_id
  WHERE stories.story_id = notification.story_id AND stories.deleted_at IS NULL AND (
    notification.invitation_id IS NOT NULL
    OR (notification.comment_id IS NULL AND stories.is_published)
    OR stories.author_id = told.user_id OR told.role = 'admin'
    OR EXISTS (SELECT FROM story_collaborators AS collaborator
      WHERE collaborator.story_id = stories.story_id AND collaborator.user_id = told.user_id)
  ))) AND (notification.review_id IS NULL OR EXISTS (
  SELECT FROM reviews WHERE reviews.review_id = notification.review_id AND ${COUNTED}
    AND CASE notification.kind WHEN 'review' THEN text ELSE reply END IS NOT NULL
  ))`;

@Injectable()
export class NotificationRepository {
  constructor(private readonly database: Database) {}

  /** Those of a user that they may still see, newest first. */
  findPage(
    userId: number,
    unreadOnly: boolean,
    limit: number,
    before?: number,
  ): Promise<NotificationEntity[]> {
    return this.#shown(userId, unreadOnly)
      .andWhere(before === undefined ? 'true' : 'notification.notificationId < :before', { before })
      .orderBy('notification.notificationId', 'DESC')
      .limit(limit)
      .getMany();
  }

  count(userId: number, unreadOnly: boolean): Promise<number> {
    return this.#shown(userId, unreadOnly).getCount();
  }

  /** @param ids of those to mark; all of the user’s when undefined @returns how many were unread */
  async markRead(userId: number, ids: readonly number[] | undefined): Promise<number> {
    const rows = await this.database.query(
      `UPDATE notifications AS notification SET read_at = now()
       WHERE user_id = $1 AND read_at IS NULL AND in_app AND ${IS_VISIBLE}
         AND ($2::bigint[] IS NULL OR notification_id = ANY($2))
       RETURNING notification_id`,
      [userId, ids ?? null],
    );
    return rows.length;
  }

  /** Writes it for each of some users who were not told of it before, and do not keep away who did it. @returns the ids of what is new */
  async insert(
    userIds: readonly number[],
    kind: Kind,
    { key, actorId, storyId, commentId, invitationId, reviewId }: Subject,
    { inApp }: Channels,
  ): Promise<number[]> {
    const rows = await this.database.query<{ id: number }>(
      `INSERT INTO notifications (user_id, kind, subject, actor_id, story_id, comment_id, invitation_id, review_id, in_app)
       SELECT users.user_id, $2, $3, $4, $5, $6, $7, $8, coalesce(preference.in_app, $9)
       FROM users LEFT JOIN notification_preferences AS preference
         ON preference.user_id = users.user_id AND preference.kind = $2
       WHERE users.user_id = ANY($1) AND users.user_id <> $4 AND NOT EXISTS (
         SELECT FROM blocks WHERE blocker_id = users.user_id AND blocked_id = $4)
       ORDER BY users.user_id
       ON CONFLICT (user_id, kind, subject) DO NOTHING RETURNING notification_id AS id`,
      [
        userIds,
        kind,
        key,
        actorId,
        storyId ?? null,
        commentId ?? null,
        invitationId ?? null,
        reviewId ?? null,
        inApp,
      ],
    );
    return rows.map(({ id }) => id);
  }

  /** Marks those of some notifications as dispatched that are not yet. @returns which ways they take */
  takeToDispatch(ids: readonly number[], { email, push }: Channels): Promise<Dispatch[]> {
    return this.database.query(
      `WITH taken AS (
         UPDATE notifications SET dispatched_at = now()
         WHERE notification_id = ANY($1) AND dispatched_at IS NULL
         RETURNING notification_id, user_id, kind
       )
       SELECT notification_id AS "notificationId", taken.user_id AS "userId",
         coalesce(preference.email, $2) AND users.email_confirmed_at IS NOT NULL AS "byMail",
         coalesce(preference.push, $3) AS "byPush"
       FROM taken JOIN users USING (user_id) LEFT JOIN notification_preferences AS preference
         ON preference.user_id = taken.user_id AND preference.kind = taken.kind`,
      [ids, email, push],
    );
  }

  /** @returns undefined where there is nothing to write any more: it is read, or not to be seen */
  async findLetter(notificationId: number): Promise<Letter | undefined> {
    const [letter] = await this.database.query<Letter>(
      `SELECT notification_id AS "notificationId", kind, notification.user_id AS "userId", reader.username,
         CASE WHEN reader.email_confirmed_at IS NOT NULL THEN reader.email END AS email,
         actor.username AS actor, coalesce(title, '') AS title, coalesce(slug, '') AS slug
       FROM notifications AS notification
         JOIN users AS reader ON reader.user_id = notification.user_id
         JOIN users AS actor ON actor.user_id = notification.actor_id
         LEFT JOIN stories AS story ON story.story_id = notification.story_id
       WHERE notification_id = $1 AND read_at IS NULL AND ${IS_VISIBLE}`,
      [notificationId],
    );
    return letter;
  }

  /** Deletes those that are older than some days. */
  async sweep(days: number): Promise<void> {
    await this.database.query(
      'DELETE FROM notifications WHERE created_at < now() - make_interval(days => $1)',
      [days],
    );
  }

  #shown(userId: number, unreadOnly: boolean) {
    return this.database.manager
      .getRepository(NotificationEntity)
      .createQueryBuilder('notification')
      .where(
        `notification.userId = :userId AND notification.inApp AND ${IS_VISIBLE}
         ${unreadOnly ? 'AND notification.readAt IS NULL' : ''}`,
        { userId },
      );
  }
}
