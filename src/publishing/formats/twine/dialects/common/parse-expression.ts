import {
  COMPARISONS,
  not,
  opaque,
  Untranslatable,
  variable,
  type Binary,
  type Expr,
  type Opaque,
} from './expression.js';
import { BINDING, type Grammar } from './grammar.js';

/** The longest code that is read as an expression, in characters: short code cannot nest deeply. */
export const LONGEST_CODE = 1000;
const DEEPEST = 60;

const SPACE = /\s*/y;
/** Not with a zero before it, which some formats take for octal. */
const NUMBER = /(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w$])/iy;
const STRING = /"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*/uy;
/** A part of a value; its first group is there where texts have such a part, too. */
export const PART = /\s*(?:(\.\s*(?:length\b|[\w$]+\s*\())|\.(?=[\p{L}_$])|\[|'s\s)/uy;

/** Reads code as an expression of a story format. What is beyond the common subset becomes opaque, with the reason. */
export function parseExpression(code: string, grammar: Grammar): Expr {
  if (code.length > LONGEST_CODE) return opaque(TOO_LONG);
  try {
    return new ExpressionParser(code, grammar).whole();
  } catch (error) {
    return opaqueFrom(error);
  }
}

export const TOO_LONG = 'It is too long to be read.';

/** What a failed reading says of its value. */
export function opaqueFrom(error: unknown): Opaque {
  if (error instanceof OpaqueValue) return error.value;
  if (error instanceof Untranslatable) return opaque(error.message);
  throw error;
}

/** A parser by the strength of operators. */
export class ExpressionParser {
  position = 0;
  #depth = 0;
  readonly #operators: RegExp;
  readonly #negations: RegExp;

  /** @param it the variable that `it` stands for */
  constructor(
    readonly code: string,
    private readonly grammar: Grammar,
    private readonly it?: string,
  ) {
    const { operators, negations } = wordsOf(grammar);
    this.#operators = operators;
    this.#negations = negations;
  }

  whole(): Expr {
    const expr = this.expression(0);
    if (!this.isAtEnd()) throw new Untranslatable(`“${this.rest()}” is not understood here.`);
    return expr;
  }

  isAtEnd(): boolean {
    this.match(SPACE);
    return this.position >= this.code.length;
  }

  /** The next few characters, to tell of them. */
  rest(): string {
    const rest = this.code.slice(this.position).trim();
    return rest.length > 20 ? `${rest.slice(0, 20)}…` : rest || 'the end';
  }

  /** Takes what a sticky expression matches after white space. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    this.match(SPACE);
    return this.match(pattern);
  }

  /** @param least operators that bind less are left for the caller */
  expression(least: number): Expr {
    if (++this.#depth > DEEPEST) throw new Untranslatable('It nests too deeply.');
    let left = this.#operand();
    let logic: '&&' | '||' | undefined;
    for (;;) {
      const start = this.position;
      const word = this.take(this.#operators)?.[0];
      const op = word === undefined ? undefined : this.grammar.operators[normal(word)];
      if (op === undefined || this.#binding(op) < least) {
        this.position = start;
        break;
      }
      if (op === '&&' || op === '||') {
        if (!this.grammar.ranksLogic && logic !== undefined && logic !== op) {
          throw new Untranslatable('“and” and “or” come together without brackets.');
        }
        logic = op;
      }
      left = this.#joined(op, left, this.expression(this.#binding(op) + 1));
    }
    if (least === 0 && this.grammar.hasTernary) left = this.#ternary(left);
    this.#depth -= 1;
    return left;
  }

  #binding(op: Binary['op'] | '??'): number {
    return op === '&&' && !this.grammar.ranksLogic ? BINDING['||'] : BINDING[op];
  }

  #joined(op: Binary['op'] | '??', left: Expr, right: Expr): Expr {
    if (op === '??') {
      if (left.op !== 'variable') throw new Untranslatable('Only a variable may stand before ??.');
      return { op, of: left, first: right };
    }
    const isElided = this.grammar.hasElision && (op === '&&' || op === '||');
    return { op, left, right: isElided ? unelided(op, left, right) : right };
  }

  #ternary(test: Expr): Expr {
    if (this.take(/\?(?![?.])/y) === undefined) return test;
    const then = this.expression(0);
    if (this.take(/:/y) === undefined) throw new Untranslatable('A “:” is missing.');
    return { op: '?:', test, then, otherwise: this.expression(0) };
  }

  #operand(): Expr {
    if (this.take(this.#negations) !== undefined) return not(this.expression(BINDING['*'] + 1));
    if (this.take(/-/y) !== undefined) return negated(this.expression(BINDING['*'] + 1));
    if (this.take(/\(/y) !== undefined && !this.#opensCall()) return this.#bracketed();
    const operand = this.#simple();
    const part = this.match(PART);
    if (part === undefined) return operand;
    const isStructure = operand.op === 'variable' && part[1] === undefined;
    throw new StructureRead(isStructure ? [operand.name] : []);
  }

  /** Whether the bracket just taken opens a call, as in `(random: 1, 6)`. Goes back before it then. */
  #opensCall(): boolean {
    this.position -= 1;
    const { callStart } = this.grammar;
    callStart.lastIndex = this.position;
    if (callStart.test(this.code)) return true;
    this.position += 1;
    return false;
  }

  #bracketed(): Expr {
    const inner = this.expression(0);
    if (this.take(/\)/y) === undefined) throw new Untranslatable('A “)” is missing.');
    if (this.match(PART) !== undefined) throw new StructureRead([]);
    return inner;
  }

  #simple(): Expr {
    const number = this.take(NUMBER);
    if (number !== undefined) {
      const value = Number(number[0]);
      if (!Number.isFinite(value)) throw new Untranslatable('A number is too large.');
      return { op: 'literal', value };
    }
    const text = this.take(STRING);
    if (text !== undefined) return { op: 'literal', value: unescaped(text[1] ?? text[2]!) };
    const call = this.take(this.grammar.callStart);
    if (call !== undefined) return this.#call(call[1]!);
    const name = this.take(this.grammar.variable)?.[1];
    if (name !== undefined) return variable(name);
    const word = this.take(WORD)?.[0];
    if (word !== undefined && Object.hasOwn(this.grammar.words, word)) {
      return this.grammar.words[word]!;
    }
    if (word === 'it' && this.it !== undefined) return variable(this.it);
    if (this.take(/[[{]/y) !== undefined) throw new StructureMade();
    throw new Untranslatable(`“${word ?? this.rest()}” is not understood here.`);
  }

  #call(name: string): Expr {
    const args: Expr[] = [];
    if (this.take(/\)/y) === undefined) {
      do args.push(this.expression(0));
      while (this.take(/,/y) !== undefined);
      if (this.take(/\)/y) === undefined) throw new Untranslatable('A “)” is missing.');
    }
    return this.grammar.call(name, args) ?? opaque(`${name} is not translated.`);
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.code);
    if (found === null) return undefined;
    this.position = pattern.lastIndex;
    return found;
  }
}

/** Carries what is known of a value that cannot be translated up to where the expression is wanted. */
class OpaqueValue extends Untranslatable {
  constructor(readonly value: Opaque) {
    super(value.why);
  }
}

export const NO_PARTS = 'Lists, maps and parts of values are not translated.';

class StructureRead extends OpaqueValue {
  constructor(structures: readonly string[]) {
    super(opaque(NO_PARTS, { structures }));
  }
}

class StructureMade extends OpaqueValue {
  constructor() {
    super(opaque(NO_PARTS, { isStructure: true }));
  }
}

const normal = (word: string): string => word.replaceAll(/\s+/g, ' ');

const negated = (of: Expr): Expr =>
  of.op === 'literal' && typeof of.value === 'number'
    ? { op: 'literal', value: -of.value }
    : { op: 'negate', of };

/** What stands behind `and` or `or`: the comparison before it once more, where it is only a value. */
function unelided(op: '&&' | '||', left: Expr, right: Expr): Expr {
  const compared = lastComparison(left);
  // Of a variable only its type tells whether it is a condition or a value; as a condition it says the same as this.
  if (right.op === 'variable' && compared !== undefined) {
    return { op: '==', left: right, right: { op: 'literal', value: true } };
  }
  if (right.op !== 'literal' || typeof right.value === 'boolean') return right;
  if (compared === undefined) throw new Untranslatable(`“${op}” joins what is no condition.`);
  return { op: compared.op, left: compared.left, right };
}

/** The comparison that an elided one repeats. */
function lastComparison(expr: Expr): Binary | undefined {
  if (expr.op === '&&' || expr.op === '||') return lastComparison(expr.right);
  return COMPARISONS.includes(expr.op) ? (expr as Binary) : undefined;
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:u([0-9a-f]{4})|([^]))/gi, (_, code?: string, character?: string) =>
    code === undefined
      ? (NAMED_ESCAPES[character!] ?? character!)
      : String.fromCharCode(parseInt(code, 16)),
  );

const WORDS = new WeakMap<Grammar, { operators: RegExp; negations: RegExp }>();

function wordsOf(grammar: Grammar): { operators: RegExp; negations: RegExp } {
  const known = WORDS.get(grammar);
  if (known !== undefined) return known;
  const operators = anyOf(Object.keys(grammar.operators));
  const words = { operators, negations: anyOf(grammar.negations) };
  WORDS.set(grammar, words);
  return words;
}

/** Matches the longest of some words and signs at a place; words end where they end. */
function anyOf(all: readonly string[]): RegExp {
  if (all.length === 0) return /(?!)/y;
  const patterns = [...all]
    .sort((one, other) => other.length - one.length)
    .map((each) => {
      const escaped = each.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s+');
      return /\w$/.test(each) ? `${escaped}(?![\\w$])` : escaped;
    });
  return new RegExp(patterns.join('|'), 'y');
}
