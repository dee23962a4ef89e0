import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { ChangeKind } from './draft-change.entity.js';

/** A change to a draft, as it is begun. */
export interface NewChange {
  readonly kind: ChangeKind;
  readonly note?: string;
}

/** Names who changes a draft. Triggers record what was changed: see the migration that makes `draft_edits`. */
@Injectable()
export class DraftChanges {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` in a transaction; all that it writes to the draft is one change by the viewer, which can be taken back
   * as one. No change is left where nothing changed. Changes do not nest.
   * @param work gets the id of the change
   */
  async by<T>(
    viewer: Pick<Viewer, 'userId'>,
    storyId: number,
    work: (changeId: number) => Promise<T>,
    change?: NewChange,
  ): Promise<T> {
    return (await this.telling(viewer, storyId, work, change)).result;
  }

  /** As {@link by}. @returns what `work` returned, and the id of the change: undefined where nothing changed */
  telling<T>(
    { userId }: Pick<Viewer, 'userId'>,
    storyId: number,
    work: (changeId: number) => Promise<T>,
    { kind, note }: NewChange = { kind: 'edit' },
  ): Promise<{ readonly result: T; readonly changeId: number | undefined }> {
    return this.database.transaction(async () => {
      const changeId = await this.#begin(storyId, userId, kind, note);
      const result = await work(changeId);
      return { result, changeId: (await this.#end(changeId)) ? changeId : undefined };
    });
  }

  async #begin(storyId: number, userId: number, kind: ChangeKind, note?: string): Promise<number> {
    const [change] = await this.database.query<{ changeId: number }>(
      `WITH begun AS (
         INSERT INTO draft_changes (story_id, user_id, kind, note) VALUES ($1, $2, $3, $4)
         RETURNING change_id, story_id
       )
       SELECT change_id AS "changeId",
         set_config('talegraph.change', concat_ws(':', story_id, change_id, $2::bigint), true)
       FROM begun`,
      [storyId, userId, kind, note ?? null],
    );
    return change!.changeId;
  }

  /** @returns whether anything changed */
  async #end(changeId: number): Promise<boolean> {
    const [ended] = await this.database.query<{ stands: boolean }>(
      `WITH gone AS (
         DELETE FROM draft_changes
         WHERE change_id = $1 AND NOT EXISTS (SELECT FROM draft_edits WHERE change_id = $1)
         RETURNING change_id
       )
       SELECT set_config('talegraph.change', '', true), NOT EXISTS (SELECT FROM gone) AS stands`,
      [changeId],
    );
    return ended!.stands;
  }
}
