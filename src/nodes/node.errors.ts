import { breachedConstraint } from '../database/breached-constraint.js';
import { badField, conflict, notFound, type FieldProblem } from '../graphql/errors.js';
import { toDraftChoice } from './choices/choice.type.js';
import type { ChoiceEntity } from './choices/choice.entity.js';
import type { NodeEntity } from './nodes/node.entity.js';
import type { LaterChange } from '../stories/changes/later-changes.js';
import type { Effect } from './rules/rule.type.js';
import { toDraftNode } from './nodes/node.type.js';

export const noSuchNode = () => notFound('There is no such node.');

export const noSuchChoice = () => notFound('There is no such choice.');

export const targetOfOtherStory = (path: string): FieldProblem => ({
  path,
  message: 'must be a node of the same story',
});

export const tooManyChoices = (most: number) =>
  badField('fromNodeId', `has ${most} choices already, and no node may have more`);

export const staleNode = (row: NodeEntity, change: LaterChange) => {
  const { row: _, ...current } = toDraftNode(row);
  const { type, endingKind, effects } = current;
  return stale('node', row.revision, change, {
    ...current,
    type: type.toUpperCase(),
    endingKind: endingKind?.toUpperCase() ?? null,
    effects: effects.map(plainEffect),
  });
};

export const staleChoice = (row: ChoiceEntity, storyId: number, change: LaterChange) => {
  const { row: _, storyId: __, ...current } = toDraftChoice(row, storyId);
  const { effects, puzzle } = current;
  return stale('choice', row.revision, change, {
    ...current,
    effects: effects.map(plainEffect),
    puzzle: puzzle && { attempts: null, ...puzzle, kind: puzzle.kind.toUpperCase() },
  });
};

/** With the names of the schema's enums, as a query answers it. */
const plainEffect = ({ op, target, value }: Effect) => ({
  op: op.toUpperCase(),
  target,
  value: value ?? null,
});

const stale = (
  what: string,
  revision: number,
  { updatedBy, changedFields }: LaterChange,
  current: object,
) =>
  conflict(
    `This ${what} has changed since: it is at revision ${revision}. Look at extensions.current and send your change again on that.`,
    { current: { ...current, updatedBy }, changedFields },
  );

/** Turns a breach of the unique key into `CONFLICT`; rethrows anything else. */
export function rethrowTakenKey(error: unknown): never {
  if (breachedConstraint(error) !== 'story_nodes_node_key_key') throw error;
  const taken = { path: 'input.key', message: 'another node of this story has it' };
  throw conflict(`${taken.path}: ${taken.message}`, { fields: [taken] });
}
