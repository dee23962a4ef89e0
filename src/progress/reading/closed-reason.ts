import type { ChoiceDefinition } from '../../engine/core/definition.js';
import type { Closed } from '../../engine/core/machine.js';

/** Why a choice cannot be made now, in words for the reader. */
export const closedReason = (why: Closed, choice: ChoiceDefinition | undefined): string =>
  why === 'attempts'
    ? 'All attempts at this puzzle are used up.'
    : ((why === 'condition' ? choice?.lockedText : undefined) ?? 'This choice is not open now.');
