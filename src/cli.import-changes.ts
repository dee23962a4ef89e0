import type { Difference } from './publishing/comparison/compare.js';
import type { ImportChanges } from './publishing/imports/import-job.entity.js';
import type { Overwrite } from './publishing/imports/overwrites.js';
import { print } from './cli.run.js';

/** Names of users, by their ids. */
export type UserNames = ReadonlyMap<number, string>;

/** Prints what an import does to a draft: how much, what of the edits in Talegraph it overwrites, and, if asked, every difference. */
export function printChanges(
  changes: ImportChanges,
  names: UserNames,
  { isWhole }: { readonly isWhole: boolean },
): void {
  const { added, removed, changed, moved, differences, overwrites } = changes;
  print(`  ${added} added, ${removed} removed, ${changed} changed, ${moved} moved`);
  if (isWhole) {
    for (const difference of differences) print(`    ${lineOf(difference)}`);
    const more = added + removed + changed + moved - differences.length;
    if (more > 0) print(`    ${more} more`);
  }
  for (const overwrite of overwrites) print(`  ${warningOf(overwrite, names)}`);
}

function lineOf({ of, action, node, choice, name, fields }: Difference): string {
  const what = choice === undefined ? (name ?? node?.key) : `${choice.letter} of ${node?.key}`;
  const which = action === 'changed' ? `: ${fields.map((field) => field.name).join(', ')}` : '';
  return `${action} ${of} ${what}${which}`;
}

function warningOf(
  { nodeKey, action, isRemoved, fields, editedAt, userId }: Overwrite,
  names: UserNames,
): string {
  const what = nodeKey === null ? 'the story' : `node ${nodeKey}`;
  const who = (userId === null ? undefined : names.get(userId)) ?? 'somebody';
  const fate = isRemoved ? 'removes' : action === 'deleted' ? 'brings back' : 'overwrites';
  const which = fields.length === 0 ? '' : ` (${fields.join(', ')})`;
  return `${fate} ${what}, ${action} by ${who} at ${editedAt}${which}`;
}
