import { breachedConstraint } from '../database/breached-constraint.js';
import { badField, conflict, notFound, type FieldProblem } from '../graphql/errors.js';
import { encodeId } from '../graphql/ids.js';
import type { ChoiceEntity } from './choices/choice.entity.js';
import type { NodeEntity } from './nodes/node.entity.js';
import type { LaterChange } from '../stories/changes/later-changes.js';

export const noSuchNode = () => notFound('There is no such node.');

export const idOrKeyNeeded = () => badField('id', 'give either the id of the node, or its key');

export const noSuchChoice = () => notFound('There is no such choice.');

export const targetOfOtherStory = (path: string): FieldProblem => ({
  path,
  message: 'must be a node of the same story',
});

export const tooManyChoices = (most: number) =>
  badField('fromNodeId', `has ${most} choices already, and no node may have more`);

export const staleNode = ({ nodeId, isEndingNode, ...row }: NodeEntity, change: LaterChange) =>
  stale('node', row, change, { id: encodeId('node', nodeId), isEnding: isEndingNode });

export const staleChoice = (
  { choiceId, choiceLetter, ...row }: ChoiceEntity,
  change: LaterChange,
) => stale('choice', row, change, { id: encodeId('choice', choiceId), letter: choiceLetter });

const stale = (
  what: string,
  { revision, updatedAt }: Pick<NodeEntity, 'revision' | 'updatedAt'>,
  { current, changedFields }: LaterChange,
  identity: object,
) =>
  conflict(
    `This ${what} has changed since: it is at revision ${revision}. Look at extensions.current and send your change again on that.`,
    { current: { ...identity, ...current, revision, updatedAt }, changedFields },
  );

/** Who deleted what is no longer there, and when; null for what came by another way than the application. */
interface Deletion {
  /** The change that undoDraft takes back. */
  readonly changeId: string;
  readonly deletedAt: Date;
  readonly deletedBy: { readonly id: string; readonly username: string } | null;
}

export const deletedBefore = (what: 'node' | 'choice', deletion: Deletion) =>
  conflict(
    `This ${what} was deleted${deletion.deletedBy === null ? '' : ` by ${deletion.deletedBy.username}`}. undoDraft with extensions.deletion.changeId brings it back.`,
    { deletion },
  );

/** Turns a breach of the unique key into `CONFLICT`; rethrows anything else. */
export function rethrowTakenKey(error: unknown): never {
  if (breachedConstraint(error) !== 'story_nodes_node_key_key') throw error;
  const taken = { path: 'input.key', message: 'another node of this story has it' };
  throw conflict(`${taken.path}: ${taken.message}`, { fields: [taken] });
}
