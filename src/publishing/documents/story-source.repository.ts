import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ifidOf } from './story-ifid.js';
import type { StorySourceEntity } from './story-source.entity.js';

export type StorySource = Pick<StorySourceEntity, 'ifid' | 'twine' | 'passages'>;

/** The Twine stories that drafts were imported from. */
@Injectable()
export class StorySourceRepository {
  constructor(private readonly database: Database) {}

  /** The source of a story, as the JSON of a {@link StorySource}; null when it has none. */
  async text(storyId: number): Promise<string | null> {
    const [source] = await this.database.query<{ text: string }>(
      `SELECT json_build_object('ifid', ifid, 'twine', twine, 'passages', passages)::text AS text
       FROM story_sources WHERE story_id = $1`,
      [storyId],
    );
    return source?.text ?? null;
  }

  /** Makes imports of what goes by one name take turns until the transaction ends. @param name none is no other’s */
  async lock(authorId: number, name: string | undefined): Promise<void> {
    if (name === undefined) return;
    await this.database.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('story:' || $1::text || ':' || $2::text, 0))`,
      [authorId, name],
    );
  }

  /** The newest story of an author’s that was imported under an IFID, or else the one whose exports have it. */
  async findStory(authorId: number, ifid: string): Promise<number | undefined> {
    const [row] = await this.database.query<{ storyId: number }>(
      `SELECT story_id AS "storyId" FROM story_sources JOIN stories USING (story_id)
       WHERE ifid = $2 AND author_id = $1 AND deleted_at IS NULL ORDER BY story_id DESC LIMIT 1`,
      [authorId, ifid],
    );
    return row?.storyId ?? (await this.#findNative(authorId, ifid));
  }

  async #findNative(authorId: number, ifid: string): Promise<number | undefined> {
    const stories = await this.database.query<{ storyId: number; createdAt: Date }>(
      `SELECT story_id AS "storyId", created_at AS "createdAt" FROM stories
       WHERE author_id = $1 AND deleted_at IS NULL`,
      [authorId],
    );
    return stories.find((story) => ifidOf(story) === ifid)?.storyId;
  }

  /** @returns whether that changed anything */
  async put(storyId: number, { ifid, twine, passages }: StorySource): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO story_sources AS now (story_id, kind, ifid, twine, passages) VALUES ($1, 'twine', $2, $3, $4)
       ON CONFLICT (story_id) DO UPDATE SET (ifid, twine, passages, updated_at)
         = (excluded.ifid, excluded.twine, excluded.passages, now())
       WHERE (now.ifid, now.twine, now.passages) IS DISTINCT FROM (excluded.ifid, excluded.twine, excluded.passages)
       RETURNING story_id`,
      [storyId, ifid, JSON.stringify(twine), JSON.stringify(passages)],
    );
    return rows.length > 0;
  }
}
