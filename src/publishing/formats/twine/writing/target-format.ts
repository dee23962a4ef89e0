import type { Value } from '../../../../engine/core/definition.js';
import type { BinaryOp } from '../../../../engine/core/expressions/expression.js';
import type { Slot } from '../../../../engine/core/layout.js';

/** How a Twine story format says what rules say. What it cannot say gives undefined. */
export interface TargetFormat {
  /** Code that readers never see. @param text without line breaks, and with nothing that would end the comment */
  readonly comment: (text: string) => string;
  /** Words as they are, where the format would read code into them. */
  readonly words: (text: string) => string;
  /** A link to a passage whose name cannot stand in double brackets. */
  readonly namedLink: (text: string, target: string) => string;
  /** What takes the rules; undefined where the format is only written plain texts and links. */
  readonly code?: TargetCode;
}

export interface TargetCode {
  readonly print: (expression: string) => string;
  readonly set: (variable: string, expression: string) => string;
  readonly if: (condition: string) => string;
  readonly elseIf: (condition: string) => string;
  readonly else: string;
  readonly end: string;
  /** A link that changes variables when it is followed. */
  readonly link: (text: string, target: string, sets: string) => string;
  /** The passage that runs before the story begins. */
  readonly init: { readonly name: string; readonly tags: readonly string[] };
  readonly expressions: TargetExpressions;
}

export interface TargetExpressions {
  readonly literal: (value: Value) => string;
  readonly slot: (slot: Slot, passageOf: (node: number) => string) => string | undefined;
  readonly not: (of: string) => string;
  readonly binary: (op: BinaryOp, left: string, right: string) => string | undefined;
  readonly within: (of: string, list: readonly string[]) => string;
  readonly either: (test: string, then: string, otherwise: string) => string | undefined;
  readonly whole: (of: string) => string;
  readonly bounded: (of: string, least: number | undefined, most: number | undefined) => string;
}

/** What the kinds of declared things are called as variables of a story format. */
export const variableCalled = ({ kind, name }: Slot): string | undefined => {
  switch (kind) {
    case 'variable':
      return `$${name}`;
    case 'stat':
    case 'item':
    case 'artifact':
    case 'ending':
      return `$${kind}_${name}`;
    case 'protagonist':
      return '$protagonist';
    default:
      return undefined;
  }
};

/** Characters that begin code, as HTML entities: all story formats read those. */
export const asEntities = (text: string, code: RegExp): string =>
  text.replaceAll(code, (found) =>
    [...found].map((character) => `&#${character.codePointAt(0)!};`).join(''),
  );
