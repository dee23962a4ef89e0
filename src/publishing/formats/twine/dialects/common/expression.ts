import type { Value, ValueType } from '../../../../../engine/core/definition.js';

/** An expression of any story format. */
export type Expr =
  | { readonly op: 'literal'; readonly value: Value }
  | { readonly op: 'variable'; readonly name: string }
  /** How often the reader has come to a passage: to this one, where it has no name. */
  | { readonly op: 'visits'; readonly passage: string | undefined }
  /** How many choices have been made. */
  | { readonly op: 'turns' }
  | { readonly op: 'not' | 'negate'; readonly of: Expr }
  | { readonly op: BinaryOp; readonly left: Expr; readonly right: Expr }
  | {
      readonly op: '?:';
      readonly test: Expr;
      readonly then: Expr;
      readonly otherwise: Expr;
    }
  /** A variable, or a first value where it has none yet. */
  | { readonly op: '??'; readonly of: Expr & { op: 'variable' }; readonly first: Expr }
  /** What a variable is before anything sets it. */
  | { readonly op: 'unset'; readonly name: string }
  | Opaque;

/** What cannot be translated. */
export interface Opaque {
  readonly op: 'opaque';
  readonly why: string;
  /** What it gives, where that is known. */
  readonly type?: ValueType;
  /** Whether it gives a list, a map or the like, which no variable can hold. */
  readonly isStructure?: boolean;
  /** The variables that it takes for lists, maps or the like. */
  readonly structures?: readonly string[];
}

export type BinaryOp = '&&' | '||' | Comparison | Arithmetic | 'contains';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '%';

export const COMPARISONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];
/** The comparison that is true where another one is false. */
export const OPPOSITES: Readonly<Record<string, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
export const ARITHMETIC: readonly string[] = ['+', '-', '*', '/', '%'];

export type Binary = Extract<Expr, { op: BinaryOp }>;

/** A change of a variable. */
export interface Assignment {
  readonly name: string;
  readonly value: Expr;
}

export const literal = (value: Value): Expr => ({ op: 'literal', value });
export const variable = (name: string) => ({ op: 'variable', name }) as const;
export const not = (of: Expr): Expr => (of.op === 'not' ? of.of : { op: 'not', of });
export const opaque = (why: string, more: Partial<Opaque> = {}): Opaque => ({
  op: 'opaque',
  why,
  ...more,
});

/** The parts of an expression, without those of its parts. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case 'literal':
    case 'variable':
    case 'visits':
    case 'turns':
    case 'unset':
    case 'opaque':
      return [];
    case 'not':
    case 'negate':
      return [expr.of];
    case '??':
      return [expr.of, expr.first];
    case '?:':
      return [expr.test, expr.then, expr.otherwise];
    default:
      return [expr.left, expr.right];
  }
}

/** Every part of an expression, itself included. Expressions are short, as the parser sees to. */
export function* everyPart(expr: Expr): Generator<Expr> {
  yield expr;
  for (const part of partsOf(expr)) yield* everyPart(part);
}

/** The variables that an expression reads. */
export const variablesIn = (expr: Expr): string[] =>
  [...everyPart(expr)].flatMap((part) => (part.op === 'variable' ? [part.name] : []));

/** Thrown and caught within the translation of one construct, which is then kept as it is. */
export class Untranslatable extends Error {}

/** Why something is not translated. @throws what is no such reason */
export function reasonOf(error: unknown): string {
  if (error instanceof Untranslatable) return error.message;
  throw error;
}
