import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { StoryHeads } from '../../stories/story-heads.js';
import { erasureOf, PERSONAL_DATA } from '../personal-data/personal-data.js';

/** The tables of a draft, those first that refer to others. Each statement deletes what belongs to the stories `$1`. */
const DRAFT = [
  `UPDATE stories SET source_id = NULL, published_version_id = NULL, cover = NULL WHERE story_id = ANY($1)`,
  `DELETE FROM draft_changes WHERE story_id = ANY($1)`,
  `DELETE FROM story_comments WHERE story_id = ANY($1)`,
  `DELETE FROM choices WHERE from_node_id IN (SELECT node_id FROM story_nodes WHERE story_id = ANY($1))`,
  `DELETE FROM story_nodes WHERE story_id = ANY($1)`,
  ...(
    [
      ...['story_proofs', 'finding_acknowledgements', 'story_collaborators', 'story_invitations'],
      ...['import_stories', 'story_sources'],
    ] as const
  ).map((table) => `DELETE FROM ${table} WHERE story_id = ANY($1)`),
  `UPDATE uploads SET story_id = NULL WHERE story_id = ANY($1)`,
  `UPDATE media SET story_id = NULL WHERE story_id = ANY($1)`,
  `DELETE FROM stories WHERE story_id = ANY($1)`,
];

/** What it takes to forget a person. */
@Injectable()
export class ErasureRepository {
  constructor(
    private readonly database: Database,
    private readonly heads: StoryHeads,
  ) {}

  /** Takes name, address, password and role from an account. @param name what it is called from now on */
  async anonymise(userId: number, name: string): Promise<void> {
    await this.database.query(
      `UPDATE users SET username = $2, email = NULL, email_confirmed_at = NULL, password_hash = NULL, role = 'guest', timezone = 'UTC'
       WHERE user_id = $1`,
      [userId, name],
    );
  }

  /** Gives the stories of a person that others may edit to whoever has for longest. */
  async handOver(userId: number): Promise<void> {
    const given = await this.database.query<{ storyId: number }>(
      `WITH heirs AS (
         SELECT DISTINCT ON (story_id) story_id, editor.user_id AS heir
         FROM stories JOIN story_collaborators AS editor USING (story_id)
         WHERE author_id = $1 AND deleted_at IS NULL AND editor.role = 'editor'
         ORDER BY story_id, added_at, editor.user_id
       ), left_as_editor AS (
         DELETE FROM story_collaborators USING heirs
         WHERE story_collaborators.story_id = heirs.story_id AND user_id = heir
       )
       UPDATE stories SET author_id = heir FROM heirs WHERE stories.story_id = heirs.story_id
       RETURNING stories.story_id AS "storyId"`,
      [userId],
    );
    await this.heads.changed(...given.map(({ storyId }) => storyId));
  }

  async unpublish(userId: number): Promise<void> {
    const hidden = await this.database.query<{ storyId: number }>(
      `UPDATE stories SET is_published = false WHERE author_id = $1 AND is_published
       RETURNING story_id AS "storyId"`,
      [userId],
    );
    await this.heads.changed(...hidden.map(({ storyId }) => storyId));
  }

  /**
   * Deletes the stories of a person that were never published: nobody else has seen them.
   * @returns the media of their libraries, which other stories may show
   */
  async deleteDrafts(userId: number): Promise<number[]> {
    const drafts = await this.database.query<{ storyId: number }>(
      `SELECT story_id AS "storyId" FROM stories
       WHERE author_id = $1 AND NOT EXISTS (SELECT FROM story_versions WHERE story_versions.story_id = stories.story_id)`,
      [userId],
    );
    const storyIds = drafts.map(({ storyId }) => storyId);
    const media = await this.database.query<{ mediaId: number }>(
      'SELECT media_id AS "mediaId" FROM media WHERE story_id = ANY($1)',
      [storyIds],
    );
    await this.database.run(DRAFT, [storyIds]);
    return media.map(({ mediaId }) => mediaId);
  }

  /** Leaves a medium to the sweep, as one that nothing has ever shown. */
  async release(mediaId: number): Promise<void> {
    await this.database.query('UPDATE media SET attached_at = NULL WHERE media_id = $1', [mediaId]);
  }

  eraseRows(userId: number): Promise<void> {
    const statements = PERSONAL_DATA.map(erasureOf).filter((each) => each !== undefined);
    return this.database.run(statements, [userId]);
  }
}
