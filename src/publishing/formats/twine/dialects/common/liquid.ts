import type { ValueType } from '../../../../../engine/core/definition.js';
import {
  COMPARISONS,
  not,
  OPPOSITES,
  Untranslatable,
  type Binary,
  type Expr,
} from './expression.js';
import type { Scope } from './scope.js';
import { isNumeric, typeOf } from './types.js';

const FILTERS: Readonly<Record<string, string>> = {
  '-': 'minus',
  '*': 'times',
  '/': 'divided_by',
  '%': 'modulo',
};

/**
 * Writes expressions as Liquid. Liquid has no brackets: what would need them is assigned before, under names that begin
 * with an underscore, which no variable of a story can have.
 */
export class LiquidWriter {
  #prelude = '';
  #names = 0;

  constructor(private readonly scope: Scope) {}

  /** Tags that have to stand before what was written since they were last asked for. */
  takePrelude(): string {
    const prelude = this.#prelude;
    this.#prelude = '';
    return prelude;
  }

  /** Forgets what was written, as it is not going to be used. */
  forget(): void {
    this.#prelude = '';
  }

  /** What stands between `{{` and `}}`. @throws {Untranslatable} */
  output(expr: Expr): string {
    const type = this.#type(expr);
    if (type === undefined) throw new Untranslatable('Nothing tells what it gives.');
    if (type !== 'bool' && expr.op !== '?:' && 'left' in expr) return this.#filtered(expr);
    return this.#operand(expr);
  }

  /** What stands after `if`. @throws {Untranslatable} */
  condition(of: Expr): string {
    const expr = plainly(of);
    if (isLogical(expr)) {
      const word = expr.op === '&&' ? ' and ' : ' or ';
      return flat(expr, expr.op)
        .map((each) => (isLogical(each) ? this.#assigned(each) : this.condition(each)))
        .join(word);
    }
    if (expr.op === 'not') return this.#truth(expr.of, '==');
    return this.#comparison(expr) ?? this.#truth(expr, '!=');
  }

  #comparison(expr: Expr): string | undefined {
    const isText = expr.op === 'contains';
    if (!isText && !COMPARISONS.includes(expr.op)) return undefined;
    const { op, left, right } = expr as Binary;
    return `${this.#operand(left)} ${op} ${this.#operand(right)}`;
  }

  #truth(expr: Expr, op: '==' | '!='): string {
    const type = this.#type(expr);
    if (type === undefined) throw new Untranslatable('Nothing tells what it gives.');
    if (expr.op === 'literal' && type !== 'bool') {
      throw new Untranslatable('A condition is no number and no text.');
    }
    const nothing = type === 'bool' ? 'false' : type === 'string' ? '""' : '0';
    return `${this.#operand(expr)} ${op} ${nothing}`;
  }

  /** A name or a constant that stands for the value of an expression. */
  #operand(expr: Expr): string {
    switch (expr.op) {
      case 'literal':
        return literal(expr.value);
      case 'variable':
        return this.scope.variable(expr.name).name;
      case 'unset':
        return literal(this.scope.variable(expr.name).initial);
      case '??':
        return this.#operand(expr.of);
      case 'visits':
        return this.scope.visits(expr.passage);
      case 'opaque':
        throw new Untranslatable(expr.why);
      default:
        return this.#assigned(expr);
    }
  }

  #filtered(expr: Binary): string {
    const { op, left, right } = expr;
    if (op === '&&' || op === '||') return this.#assigned(expr);
    const numbers = [left, right].every((each) => isNumeric(this.#type(each) ?? 'bool'));
    const filter = op === '+' ? (numbers ? 'plus' : 'append') : FILTERS[op];
    if (filter === undefined || (op !== '+' && !numbers)) {
      throw new Untranslatable(`Texts have no ${op}.`);
    }
    const first =
      'left' in left && this.#type(left) !== 'bool' && left.op in { ...FILTERS, '+': '' };
    const begun = first ? this.#filtered(left) : this.#operand(left);
    return `${begun} | ${filter}: ${this.#operand(right)}`;
  }

  /** Assigns the value of an expression to a name before. */
  #assigned(expr: Expr): string {
    const name = `_${(this.#names += 1)}x`;
    const assign = (value: string) => `{% assign ${name} = ${value} %}`;
    if (expr.op === 'turns') this.#prelude += assign('turn | plus: 1');
    else if (expr.op === 'negate') {
      this.#prelude += assign(`${this.#operand(expr.of)} | times: -1`);
    } else if (this.#type(expr) === 'bool') {
      const condition = this.condition(expr);
      this.#prelude += `${assign('false')}{% if ${condition} %}${assign('true')}{% endif %}`;
    } else if (expr.op === '?:') this.#either(assign, expr.test, expr.then, expr.otherwise);
    else if (isLogical(expr)) {
      const [then, otherwise] =
        expr.op === '||' ? [expr.left, expr.right] : [expr.right, expr.left];
      this.#either(assign, expr.left, then, otherwise);
    } else if ('left' in expr) {
      const value = this.#filtered(expr);
      this.#prelude += assign(value);
    } else throw new Untranslatable('It has no like in texts.');
    return name;
  }

  #either(assign: (value: string) => string, test: Expr, then: Expr, otherwise: Expr): void {
    const [one, other, condition] = [
      this.#operand(then),
      this.#operand(otherwise),
      this.condition(test),
    ];
    this.#prelude += `${assign(other)}{% if ${condition} %}${assign(one)}{% endif %}`;
  }

  #type(expr: Expr): ValueType | undefined {
    return typeOf(expr, (name) => this.scope.variable(name).type);
  }
}

const isLogical = (expr: Expr): expr is Binary & { op: '&&' | '||' } =>
  expr.op === '&&' || expr.op === '||';

/** The operands of a chain of one operator, each {@link plainly}. */
function flat(of: Expr, op: '&&' | '||'): Expr[] {
  const expr = plainly(of);
  return expr.op === op ? [...flat(expr.left, op), ...flat(expr.right, op)] : [expr];
}

/** The same condition, its outermost part no negation of what has an opposite, and no choice between two conditions. */
function plainly(expr: Expr): Expr {
  if (expr.op === '?:') {
    const { test, then, otherwise } = expr;
    const left: Expr = { op: '&&', left: test, right: then };
    return { op: '||', left, right: { op: '&&', left: not(test), right: otherwise } };
  }
  if (expr.op !== 'not') return expr;
  const of = plainly(expr.of);
  const opposite = OPPOSITES[of.op];
  if (opposite !== undefined) return { ...(of as Binary), op: opposite };
  if (!isLogical(of)) return not(of);
  const op = of.op === '&&' ? '||' : '&&';
  return { op, left: not(of.left), right: not(of.right) };
}

function literal(value: string | number | boolean): string {
  if (typeof value !== 'string') {
    const written = String(value);
    if (/^(-?\d+(\.\d+)?|true|false)$/.test(written)) return written;
    throw new Untranslatable('Liquid has no such number.');
  }
  if (/[\\\n\r{}%]/.test(value)) throw new Untranslatable('A text has signs that Liquid keeps.');
  if (!value.includes('"')) return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  throw new Untranslatable('A text has quotes of both kinds.');
}
