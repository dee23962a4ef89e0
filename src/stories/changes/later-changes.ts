import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Database } from '../../database/database.js';
import { encodeId } from '../../graphql/ids.js';
import type { DraftEditEntity } from './draft-change.entity.js';
import { columnsOf, differingFields, fieldsOf, type Fields } from './draft-fields.js';
import { noSuchRevision } from './change.errors.js';

/** What has become of a row of a draft since a client looked at it, as an error tells it. */
export interface LaterChange {
  /** Every field of the row as it is now, and who made its revision; null for what came by another way than the application. */
  readonly current: Fields & {
    readonly updatedBy: { readonly id: string; readonly username: string } | null;
  };
  /** Which of those fields were otherwise at the revision that the client has. */
  readonly changedFields: readonly string[];
}

/** A row of a draft. */
export interface ChangedRow {
  readonly kind: DraftEditEntity['kind'];
  readonly rowId: number;
  readonly row: { readonly revision: number; readonly updatedBy: number | null };
}

/** The revision that a change was made on, and which part of the request says so. */
export interface Basis {
  readonly revision: number;
  readonly path: string;
}

/** Tells what came between, where a client's change is refused because another one came first. */
@Injectable()
export class LaterChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
  ) {}

  /**
   * @param basis the revision that the client has
   * @throws {ApiError} `BAD_USER_INPUT` when the row has not come to that revision yet
   */
  async since({ revision, path }: Basis, { kind, rowId, row }: ChangedRow): Promise<LaterChange> {
    if (revision > row.revision) throw noSuchRevision(path, revision, row.revision);
    // Of each column, what the first change since then found: the long texts of all others are left unread.
    const found = await this.database.query<{ name: string; before: unknown }>(
      `SELECT name, edit.before -> name AS before FROM (
         SELECT name, min(edit_id) AS edit_id FROM draft_edits CROSS JOIN jsonb_object_keys(after) AS name
         WHERE kind = $1 AND row_id = $2 AND revision > $3 GROUP BY name
       ) AS first JOIN draft_edits AS edit USING (edit_id)`,
      [kind, rowId, revision],
    );
    const now = columnsOf(row);
    const then = Object.fromEntries(found.map(({ name, before }) => [name, before]));
    const fields = fieldsOf(kind, now);
    const user = row.updatedBy === null ? null : await this.users.findById(row.updatedBy);
    return {
      current: {
        ...fields,
        updatedBy: user && { id: encodeId('user', user.userId), username: user.username },
      },
      changedFields: differingFields(fieldsOf(kind, { ...now, ...then }), fields),
    };
  }
}
