import type { BinaryOp, Expr } from './expression.js';

/** What tells the expressions of one story format from those of another. */
export interface Grammar {
  /** The name of a variable at a place, such as `$gold` or `s.gold`; sticky, the first group is what to call it. */
  readonly variable: RegExp;
  /** Operators in words and signs, by what they mean. Longer ones are found first. */
  readonly operators: Readonly<Record<string, BinaryOp | '??'>>;
  /** What turns the value after it round, such as `not`. */
  readonly negations: readonly string[];
  /** Words with a fixed value. */
  readonly words: Readonly<Record<string, Expr>>;
  /** The value of a call, such as `visited("Hall")`; undefined where it is not translated. */
  readonly call: (name: string, args: readonly Expr[]) => Expr | undefined;
  /** What opens a call; its first group is the name. Sticky; it ends with the opening bracket or colon. */
  readonly callStart: RegExp;
  /** Whether `$a is 1 or 2` means `$a is 1 or $a is 2`. */
  readonly hasElision: boolean;
  /** Whether `a ? b : c` is an expression. */
  readonly hasTernary: boolean;
  /** Whether `and` binds more than `or`. Where both bind the same, they need brackets when they come together. */
  readonly ranksLogic: boolean;
}

/** How tightly operators bind. */
export const BINDING: Readonly<Record<BinaryOp | '??', number>> = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '==': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  contains: 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
};

/** The operators that JavaScript writes. */
export const SIGNS = {
  '===': '==',
  '!==': '!=',
  '==': '==',
  '!=': '!=',
  '<=': '<=',
  '>=': '>=',
  '<': '<',
  '>': '>',
  '&&': '&&',
  '||': '||',
  '??': '??',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
} as const satisfies Grammar['operators'];

export const TRUTHS: Grammar['words'] = {
  true: { op: 'literal', value: true },
  false: { op: 'literal', value: false },
};
