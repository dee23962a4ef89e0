import type { Value, ValueType } from '../definition.js';
import type { Slot } from '../layout.js';

/** A type-checked expression over the slots of a memory. */
export type Expression =
  | { readonly op: 'literal'; readonly type: ValueType; readonly value: Value }
  | { readonly op: 'slot'; readonly type: ValueType; readonly slot: Slot }
  | { readonly op: 'not' | 'negate'; readonly type: ValueType; readonly of: Expression }
  | {
      readonly op: BinaryOp;
      readonly type: ValueType;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly op: 'in';
      readonly type: 'bool';
      readonly of: Expression;
      readonly list: readonly Expression[];
    }
  | {
      readonly op: '?:';
      readonly type: ValueType;
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

export type BinaryOp = Comparison | '&&' | '||' | Arithmetic | TextTest;
export type Comparison = (typeof COMPARISONS)[number];
export type Arithmetic = '+' | '-' | '*' | '/' | '%';
type TextTest = 'contains' | 'startsWith' | 'endsWith';

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

/** The longest expression, in characters. */
export const LONGEST_EXPRESSION = 1000;

/** Whether a value of type `given` may stand where `wanted` is asked for. */
export const fits = (given: ValueType, wanted: ValueType): boolean =>
  given === wanted || (given === 'int' && wanted === 'number');

const NAMES = {
  int: 'a whole number',
  number: 'a number',
  bool: 'true or false',
  string: 'a text',
};

/** The type in an author's words. */
export const a = (type: ValueType): string => NAMES[type];
