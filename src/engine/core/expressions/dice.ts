import type { Layout } from '../layout.js';
import {
  COMPARISONS,
  expressionOf,
  fits,
  type BinaryOp,
  type Comparison,
  type Expression,
} from './expression.js';
import { ExpressionError, reporting, type ExpressionProblem } from './problem.js';

/** `count` dice of `sides` sides each. */
export interface Dice {
  readonly count: number;
  readonly sides: number;
}

/** Dice and a fixed amount: `3d6 + 2`. */
export interface DiceExpression {
  readonly dice: Dice;
  readonly bonus: number;
}

/** `2d6 + agility >= 9`: the sum of the dice and the bonus, beside what it is to be compared with. */
export interface DiceCheck {
  readonly dice: Dice;
  /** Added to the dice. */
  readonly bonus: Expression;
  readonly comparison: Comparison;
  readonly against: Expression;
}

export const MOST_DICE = 100;
export const MOST_SIDES = 1000;

const DICE = /^\s*(\d{1,4})?d(\d{1,5})(?![\w.])/i;

/** Reads dice for `rollDice`: `d20`, `3d6`, `2d6 + 3`. */
export function parseDice(source: string): DiceExpression | ExpressionProblem {
  return reporting(source, () => {
    const { dice, length } = leadingDice(source);
    const rest = source.slice(length).replaceAll(/\s/g, '');
    if (!/^([+-]\d{1,4})?$/.test(rest)) {
      throw new ExpressionError('After the dice only + or - and a number may stand.', length);
    }
    return { dice, bonus: Number(rest || 0) };
  });
}

/** Reads a dice check. What stands beside the dice is CEL, such as `stats.agility - 1`. */
export function parseCheck(source: string, layout: Layout): DiceCheck | ExpressionProblem {
  return reporting(source, () => {
    const { dice, length } = leadingDice(source);
    if (!/^\s*([+-]|[<>=!]=|[<>]|$)/.test(source.slice(length))) {
      throw new ExpressionError('After the dice + or - or a comparison must stand.', length);
    }
    const whole = expressionOf(withoutDice(source), layout);
    if (!isComparison(whole)) {
      throw new ExpressionError('It must be one comparison, as in 2d6 >= 9.', length);
    }
    const { left: bonus, op: comparison, right: against } = whole;
    if (!fits(bonus.type, 'number') || !fits(against.type, 'number')) {
      throw new ExpressionError('Dice are compared with a number.', length);
    }
    return { dice, bonus, comparison, against };
  });
}

/**
 * The check as CEL: a zero where the dice stand keeps every position as it is in `source`.
 * @throws {ExpressionError} when it does not begin with dice
 */
export function withoutDice(source: string): string {
  const { length } = leadingDice(source);
  return `${'0'.padStart(length)}${source.slice(length)}`;
}

type Compared = Extract<Expression, { op: BinaryOp }> & { op: Comparison };

const isComparison = (expression: Expression): expression is Compared =>
  (COMPARISONS as readonly string[]).includes(expression.op);

function leadingDice(source: string): { dice: Dice; length: number } {
  const found = DICE.exec(source);
  if (found === null) throw new ExpressionError('It must begin with dice, such as 2d6.', 0);
  const dice = { count: Number(found[1] ?? 1), sides: Number(found[2]) };
  if (dice.count < 1 || dice.count > MOST_DICE) {
    throw new ExpressionError(`There must be 1 to ${MOST_DICE} dice.`, 0);
  }
  if (dice.sides < 2 || dice.sides > MOST_SIDES) {
    throw new ExpressionError(`Dice have 2 to ${MOST_SIDES} sides.`, 0);
  }
  return { dice, length: found[0].length };
}
