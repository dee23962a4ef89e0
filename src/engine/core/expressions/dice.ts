import type { Layout } from '../layout.js';
import {
  COMPARISONS,
  fits,
  type BinaryOp,
  type Comparison,
  type Expression,
} from './expression.js';
import { expressionOf } from './parse.js';
import { reporting, type Faults } from './problem.js';

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
export const parseDice = (source: string): DiceExpression | Faults =>
  reporting(source, (report) => {
    const leading = leadingDice(source);
    if (typeof leading === 'string') {
      report(leading, 0);
      return undefined;
    }
    const { dice, length } = leading;
    const rest = source.slice(length).replaceAll(/\s/g, '');
    if (/^([+-]\d{1,4})?$/.test(rest)) return { dice, bonus: Number(rest || 0) };
    report('After the dice only + or - and a number may stand.', length);
    return undefined;
  });

/** Reads a dice check. What stands beside the dice is CEL, such as `stats.agility - 1`. */
export const parseCheck = (source: string, layout: Layout): DiceCheck | Faults =>
  reporting(source, (report) => {
    const leading = leadingDice(source);
    if (typeof leading === 'string') {
      report(leading, 0);
      return undefined;
    }
    const { dice, length } = leading;
    if (!/^\s*([+-]|[<>=!]=?|$)/.test(source.slice(length)))
      report('After the dice + or - or a comparison must stand.', length);
    const whole = expressionOf(zeroFor(source, length), layout, report);
    if (whole === undefined) return undefined;
    if (!isComparison(whole)) {
      report('It must be one comparison, as in 2d6 >= 9.', length);
      return undefined;
    }
    const { left: bonus, op: comparison, right: against } = whole;
    if (!fits(bonus.type, 'number') || !fits(against.type, 'number'))
      report('Dice are compared with a number.', length);
    return { dice, bonus, comparison, against };
  });

/** The check as CEL, with every position as it is in `source`; undefined when it does not begin with dice. */
export function withoutDice(source: string): string | undefined {
  const leading = leadingDice(source);
  return typeof leading === 'string' ? undefined : zeroFor(source, leading.length);
}

/** A zero stands where the dice do. */
const zeroFor = (source: string, length: number) =>
  `${'0'.padStart(length)}${source.slice(length)}`;

type Compared = Extract<Expression, { op: BinaryOp }> & { op: Comparison };

const isComparison = (expression: Expression): expression is Compared =>
  (COMPARISONS as readonly string[]).includes(expression.op);

/** The dice that a source begins with, and how far they go; or what is wrong with them. */
function leadingDice(source: string): { dice: Dice; length: number } | string {
  const found = DICE.exec(source);
  if (found === null) return 'It must begin with dice, such as 2d6.';
  const dice = { count: Number(found[1] ?? 1), sides: Number(found[2]) };
  if (dice.count < 1 || dice.count > MOST_DICE) return `There must be 1 to ${MOST_DICE} dice.`;
  if (dice.sides < 2 || dice.sides > MOST_SIDES) return `Dice have 2 to ${MOST_SIDES} sides.`;
  return { dice, length: found[0].length };
}
