import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { asText } from '../../nodes/history/history.type.js';
import {
  differingFields,
  fieldsOf,
  type Columns,
  type Fields,
} from '../../stories/changes/draft-fields.js';
import type { OverwrittenRow } from './overwrite.repository.js';

/** Edits of a node and its choices, or of the story itself, that an import overwrites. */
export interface Overwrite {
  /** Null for the story itself. */
  readonly nodeId: number | null;
  readonly nodeKey: string | null;
  /** What the edits did to the node. */
  readonly action: 'added' | 'changed' | 'deleted';
  /** Whether the import takes the node away. */
  readonly isRemoved: boolean;
  /** What was edited and is lost, as the API names it; `choices` for any of its choices. */
  readonly fields: readonly string[];
  /** When the newest of the edits was made. */
  readonly editedAt: string;
  /** By whom; null for what came by another way than the application. */
  readonly userId: number | null;
}

/** How many nodes are looked at in a row; then others have their turn. */
const PART = 250;

/** @returns the story first, then node by node */
export async function overwritesOf(rows: readonly OverwrittenRow[]): Promise<Overwrite[]> {
  const overwrites: Overwrite[] = [];
  const nodes = [...Map.groupBy(rows, ({ nodeId }) => nodeId).values()];
  for (const [i, ofNode] of nodes.entries()) {
    if (i % PART === 0) await setImmediate();
    const lost = ofNode.filter(isLost);
    if (lost.length > 0) overwrites.push(overwriteOf(lost));
  }
  return overwrites;
}

function overwriteOf(rows: readonly OverwrittenRow[]): Overwrite {
  const newest = rows.reduce((one, other) => (other.editedAt > one.editedAt ? other : one));
  const { nodeId, nodeKey, isNodeDeleted, editedAt, userId } = newest;
  const [own] = rows.filter(({ kind }) => kind !== 'choice');
  const hasChoices = rows.some(({ kind }) => kind === 'choice');
  return {
    ...{ nodeId, nodeKey, isRemoved: isNodeDeleted, editedAt: editedAt.toISOString(), userId },
    action: own === undefined ? 'changed' : actionOf(own),
    fields: [...(own === undefined ? [] : lostFields(own)), ...(hasChoices ? ['choices'] : [])],
  };
}

/** Edits that came to nothing are not lost, nor are those that the import makes too. */
function isLost(row: OverwrittenRow): boolean {
  const { kind, isDeleted, before, edited, after } = row;
  if (kind === 'choice') {
    return Object.keys(edited).some(
      (column) =>
        !isDeepStrictEqual(edited[column], before[column]) &&
        !isDeepStrictEqual(edited[column], after[column]),
    );
  }
  const action = actionOf(row);
  const isTakenBack = action === 'deleted' || (action === 'added' && isDeleted);
  return isTakenBack || lostFields(row).length > 0;
}

function actionOf({ isNew, before, edited }: OverwrittenRow): Overwrite['action'] {
  if (edited.deleted_at) return 'deleted';
  return isNew || before.deleted_at ? 'added' : 'changed';
}

function lostFields({ kind, isDeleted, before, edited, after }: OverwrittenRow): string[] {
  const now = textsOf(kind, edited);
  const toLose = new Set(differingFields(textsOf(kind, isDeleted ? {} : after), now));
  return differingFields(textsOf(kind, before), now).filter((field) => toLose.has(field));
}

/** As the history tells them, for which an empty list is nothing. */
const textsOf = (kind: OverwrittenRow['kind'], columns: Columns): Fields =>
  Object.fromEntries(
    Object.entries(fieldsOf(kind, columns)).map(([name, value]) => [name, asText(value)]),
  );
