import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { StoryHeads } from '../../stories/story-heads.js';
import { ifidOf } from './story-ifid.js';
import type { StorySourceEntity } from './story-source.entity.js';

export type StorySource = Pick<StorySourceEntity, 'ifid' | 'twine' | 'passages'>;

/** The Twine stories that drafts were imported from. */
@Injectable()
export class StorySourceRepository {
  constructor(
    private readonly database: Database,
    private readonly heads: StoryHeads,
  ) {}

  /** The source of a draft, as the JSON of a {@link StorySource}; null when it has none. */
  async text(storyId: number): Promise<string | null> {
    const [source] = await this.database.query<{ text: string }>(
      `SELECT json_build_object('ifid', ifid, 'twine', twine, 'passages', passages)::text AS text
       FROM stories JOIN story_sources USING (source_id) WHERE stories.story_id = $1`,
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
      `SELECT stories.story_id AS "storyId" FROM story_sources JOIN stories USING (source_id)
       WHERE ifid = $2 AND author_id = $1 AND deleted_at IS NULL ORDER BY stories.story_id DESC LIMIT 1`,
      [authorId, ifid],
    );
    return row?.storyId ?? (await this.#findNative(authorId, ifid));
  }

  /** The newest story of somebody else’s that a user works on and that has a slug, or was imported under an IFID. */
  async findShared(
    userId: number,
    { slug, ifid }: { readonly slug?: string | undefined; readonly ifid?: string | undefined },
  ): Promise<number | undefined> {
    const [row] = await this.database.query<{ storyId: number }>(
      `SELECT stories.story_id AS "storyId" FROM stories
         JOIN story_collaborators AS shared ON shared.story_id = stories.story_id AND shared.user_id = $1
         LEFT JOIN story_sources AS source ON source.source_id = stories.source_id
       WHERE deleted_at IS NULL AND (stories.slug = $2 OR source.ifid = $3)
       ORDER BY stories.story_id DESC LIMIT 1`,
      [userId, slug, ifid],
    );
    return row?.storyId;
  }

  async #findNative(authorId: number, ifid: string): Promise<number | undefined> {
    const stories = await this.database.query<{ storyId: number; createdAt: Date }>(
      `SELECT story_id AS "storyId", created_at AS "createdAt" FROM stories
       WHERE author_id = $1 AND deleted_at IS NULL`,
      [authorId],
    );
    return stories.find((story) => ifidOf(story) === ifid)?.storyId;
  }

  /** Makes a source that of a draft, unless it is that already. */
  async put(storyId: number, { ifid, twine, passages }: StorySource): Promise<void> {
    await this.database.query(
      `WITH given AS (SELECT $2::text AS ifid, $3::jsonb AS twine, $4::jsonb AS passages), made AS (
         INSERT INTO story_sources (story_id, kind, ifid, twine, passages)
         SELECT $1, 'twine', given.* FROM given WHERE NOT EXISTS (
           SELECT FROM stories JOIN story_sources AS now USING (source_id)
           WHERE stories.story_id = $1 AND (now.ifid, now.twine, now.passages) IS NOT DISTINCT FROM ROW(given.*)
         )
         RETURNING source_id
       )
       UPDATE stories SET source_id = made.source_id, revision = revision + 1, updated_at = now()
       FROM made WHERE story_id = $1`,
      [storyId, ifid, JSON.stringify(twine), JSON.stringify(passages)],
    );
    await this.heads.changed(storyId);
  }
}
