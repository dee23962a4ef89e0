import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Role } from '../../graphql/viewer.js';
import { RefreshTokenEntity, SessionEntity } from './session.entity.js';

export type NewSession = Pick<SessionEntity, 'userId' | 'userAgent' | 'address' | 'expiresAt'>;

export interface PresentedToken {
  readonly sessionId: number;
  readonly userId: number;
  /** Whether this call is the first to use the token. */
  readonly isFirstUse: boolean;
  readonly isLive: boolean;
}

const LIVE = 'revoked_at IS NULL AND expires_at > now()';

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  insert(session: NewSession): Promise<SessionEntity> {
    const sessions = this.database.manager.getRepository(SessionEntity);
    return sessions.save(sessions.create(session));
  }

  async insertToken(sessionId: number, tokenHash: string): Promise<void> {
    await this.database.manager.insert(RefreshTokenEntity, { sessionId, tokenHash });
  }

  /** Marks the token as used. Of several calls at once, one alone is told that it is the first. */
  async useToken(tokenHash: string): Promise<PresentedToken | undefined> {
    const [token] = await this.database.query<PresentedToken>(
      `WITH used AS (
         UPDATE refresh_tokens SET used_at = now()
         WHERE token_hash = $1 AND used_at IS NULL
         RETURNING token_hash
       )
       SELECT session_id AS "sessionId", user_id AS "userId", ${LIVE} AS "isLive",
              EXISTS (SELECT FROM used) AS "isFirstUse"
       FROM refresh_tokens JOIN sessions USING (session_id)
       WHERE token_hash = $1`,
      [tokenHash],
    );
    return token;
  }

  /** Extends the session, as its tokens have just been renewed. */
  async touch(sessionId: number, expiresAt: Date): Promise<void> {
    await this.database.query(
      'UPDATE sessions SET last_used = now(), expires_at = $2 WHERE session_id = $1',
      [sessionId, expiresAt],
    );
  }

  /** The user behind a live session, noted as active now (at most once in five minutes). */
  async findLiveUser(sessionId: number): Promise<{ userId: number; role: Role } | undefined> {
    const [user] = await this.database.query<{ userId: number; role: Role }>(
      `WITH live AS (
         SELECT user_id, role FROM sessions JOIN users USING (user_id)
         WHERE session_id = $1 AND ${LIVE}
       ), seen AS (
         UPDATE users SET last_active = now() FROM live
         WHERE users.user_id = live.user_id AND last_active < now() - interval '5 minutes'
       )
       SELECT user_id AS "userId", role FROM live`,
      [sessionId],
    );
    return user;
  }

  /** The user's live sessions, newest first. */
  findLive(userId: number, limit: number, before?: number): Promise<SessionEntity[]> {
    return this.#live(userId)
      .andWhere(before === undefined ? 'true' : 'session_id < :before', { before })
      .orderBy('session_id', 'DESC')
      .limit(limit)
      .getMany();
  }

  countLive(userId: number): Promise<number> {
    return this.#live(userId).getCount();
  }

  /** @returns whether there was such a live session of this user */
  async revoke(userId: number, sessionId: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE sessions SET revoked_at = now()
       WHERE user_id = $1 AND session_id = $2 AND ${LIVE} RETURNING session_id`,
      [userId, sessionId],
    );
    return rows.length > 0;
  }

  /** @param except the session that goes on, if one does */
  async revokeAll(userId: number, { except }: { except?: number } = {}): Promise<void> {
    await this.database.query(
      `UPDATE sessions SET revoked_at = now()
       WHERE user_id = $1 AND session_id IS DISTINCT FROM $2 AND ${LIVE}`,
      [userId, except ?? null],
    );
  }

  #live(userId: number) {
    return this.database.manager
      .getRepository(SessionEntity)
      .createQueryBuilder('session')
      .where(`user_id = :userId AND ${LIVE}`, { userId });
  }
}
