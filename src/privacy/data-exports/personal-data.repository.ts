import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** How many rows are read at a time. */
const BATCH = 200;

const ACCOUNT = `
  SELECT 'usr_' || user_id AS id, username, email, email_confirmed_at AS "emailConfirmedAt", role, timezone,
    hide_from_leaderboards AS "hideFromLeaderboards", created_at AS "createdAt", last_active AS "lastActive"
  FROM users WHERE user_id = $1`;

/** Rows about a person, as JSON texts. */
@Injectable()
export class PersonalDataRepository {
  constructor(private readonly database: Database) {}

  async account(userId: number): Promise<string> {
    const [row] = await this.database.query<{ json: string }>(
      `SELECT row_to_json(account)::text AS json FROM (${ACCOUNT}) AS account`,
      [userId],
    );
    return row!.json;
  }

  /** A person’s stories, with those that were deleted. */
  stories(userId: number): Promise<StoryEntity[]> {
    return this.database.manager
      .getRepository(StoryEntity)
      .find({ where: { authorId: userId }, order: { storyId: 'ASC' } });
  }

  /**
   * The rows of a query about the user `$1`, some at a time. Call it in a transaction, and read it to its end.
   * @param rows gives one object a row
   */
  async *read(rows: string, userId: number): AsyncGenerator<string[]> {
    await this.database.query(
      `DECLARE personal_data NO SCROLL CURSOR FOR
         SELECT row_to_json(told)::text AS json FROM (${rows}) AS told`.replaceAll(
        '$1',
        String(userId),
      ),
    );
    for (;;) {
      const batch = await this.database.query<{ json: string }>(
        `FETCH ${BATCH} FROM personal_data`,
      );
      if (batch.length > 0) yield batch.map(({ json }) => json);
      if (batch.length < BATCH) break;
    }
    await this.database.query('CLOSE personal_data');
  }
}
