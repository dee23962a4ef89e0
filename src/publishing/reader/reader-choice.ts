import type { ChoiceDefinition } from '../../engine/core/definition.js';
import { diceIn } from '../../engine/core/offer.js';
import { encodeId } from '../../graphql/ids.js';
import type { PuzzleKind } from '../../nodes/rules/rule.type.js';
import type { Choice } from './reader-node.type.js';

/** Whether dice or an answer decide where the choice leads: then readers are told nothing of it beforehand. */
export const isDecidedLater = ({ check, puzzle }: ChoiceDefinition): boolean =>
  check !== undefined || puzzle !== undefined;

/** A choice as readers get it, leading nowhere yet. */
export const toChoice = (choice: ChoiceDefinition, lockedReason: string | null = null): Choice => ({
  id: encodeId('choice', choice.id),
  letter: choice.letter,
  text: choice.text,
  consequences: isDecidedLater(choice) ? null : choice.consequences,
  puzzle: (choice.puzzle?.kind ?? null) as PuzzleKind | null,
  attempts: choice.puzzle?.attempts ?? null,
  attemptsLeft: choice.puzzle?.attempts ?? null,
  dice: choice.check === undefined ? null : diceIn(choice.check),
  afterSeconds: choice.after ?? null,
  lockedReason,
  toNode: null,
});
