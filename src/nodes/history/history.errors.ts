import { badField, conflict, notFound } from '../../graphql/errors.js';
import { encodeId } from '../../graphql/ids.js';

export const noSuchChange = () => notFound('There is no such change of this draft.');

export const nothingTo = (what: 'undo' | 'redo') =>
  conflict(`There is nothing of yours to ${what} in this draft.`);

export const isUndoneAlready = () => badField('changeId', 'is a change that is undone already');

export const cannotBeUndone = () =>
  badField('changeId', 'is itself an undo or a redo; use redoDraft or undoDraft');

/** @param changeId the change that has since written the same fields */
export const laterChange = (what: 'undone' | 'redone', changeId: number) =>
  conflict(`This cannot be ${what}: a later change wrote the same fields. Undo that one first.`, {
    changeId: encodeId('change', changeId),
  });

export const keyIsTaken = (what: 'undone' | 'redone') =>
  conflict(
    `This cannot be ${what}: another node has the key, or the mark of the start, that a node would get back.`,
  );
