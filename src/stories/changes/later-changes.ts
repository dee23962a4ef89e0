import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Database } from '../../database/database.js';
import { encodeId } from '../../graphql/ids.js';
import type { DraftEditEntity } from './draft-change.entity.js';
import { fieldName } from './field-names.js';

/** What has become of a row of a draft since a client looked at it, as an error tells it. */
export interface LaterChange {
  /** Who made its revision; null for what came by another way than the application. */
  readonly updatedBy: { readonly id: string; readonly username: string } | null;
  /** What the API calls the fields that were written since. */
  readonly changedFields: readonly string[];
}

/** A row of a draft. */
export interface ChangedRow {
  readonly kind: DraftEditEntity['kind'];
  readonly rowId: number;
  readonly updatedBy: number | null;
}

/** Tells what came between, where a client's change is refused because another one came first. */
@Injectable()
export class LaterChanges {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
  ) {}

  /** @param revision the one that the client has */
  async since(revision: number, { kind, rowId, updatedBy }: ChangedRow): Promise<LaterChange> {
    const columns = await this.database.query<{ name: string }>(
      `SELECT DISTINCT jsonb_object_keys(after) AS name FROM draft_edits
       WHERE kind = $1 AND row_id = $2 AND revision > $3`,
      [kind, rowId, revision],
    );
    const user = updatedBy === null ? null : await this.users.findById(updatedBy);
    return {
      updatedBy: user && { id: encodeId('user', user.userId), username: user.username },
      changedFields: columns.flatMap(({ name }) => fieldName(name) ?? []).sort(),
    };
  }
}
