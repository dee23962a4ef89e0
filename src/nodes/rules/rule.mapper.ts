import type { Effect as EffectDefinition, PuzzleDefinition } from '../../engine/core/definition.js';
import { decodeId } from '../../graphql/ids.js';
import type { ChoiceRuleColumns } from '../choices/choice.repository.js';
import type { ChoiceRuleFields } from './rule.inputs.js';
import type { Effect, Puzzle } from './rule.type.js';

/** Effects as the engine takes them; none is null. */
export function toEffects(effects: readonly Effect[] | null): EffectDefinition[] | null {
  if (effects === null || effects.length === 0) return null;
  return effects.map(({ op, target, value }) =>
    value ? { op, target, value } : { op, target },
  ) as EffectDefinition[];
}

function toPuzzle(puzzle: Puzzle | null): PuzzleDefinition | null {
  if (puzzle === null) return null;
  const { kind, answers, attempts, hints } = puzzle;
  return { kind, answers, ...(attempts && { attempts }), ...(hints.length > 0 && { hints }) };
}

/** The columns that the rules of an input set; what it leaves out is left out here too. */
export function ruleColumns(input: ChoiceRuleFields): Partial<ChoiceRuleColumns> {
  const { condition, lockedText, effects, check, puzzle, failToNodeId, afterSeconds } = input;
  return {
    ...(condition !== undefined && { condition }),
    ...(lockedText !== undefined && { lockedText }),
    ...(effects !== undefined && { effects: toEffects(effects) }),
    ...(check !== undefined && { check }),
    ...(puzzle !== undefined && { puzzle: toPuzzle(puzzle) }),
    ...(failToNodeId !== undefined && {
      failToNodeId:
        failToNodeId === null ? null : decodeId('node', failToNodeId, 'input.failToNodeId'),
    }),
    ...(afterSeconds !== undefined && { timing: afterSeconds }),
  };
}
