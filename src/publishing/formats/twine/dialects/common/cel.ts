import type { ValueType } from '../../../../../engine/core/definition.js';
import { COMPARISONS, OPPOSITES, Untranslatable, type Binary, type Expr } from './expression.js';
import type { Scope } from './scope.js';
import { typeOf } from './types.js';

/** Writes an expression as CEL. @throws {Untranslatable} where CEL has no expression for it */
export const cel = (expr: Expr, scope: Scope): string => new CelWriter(scope).value(expr);

/** Writes an expression as a CEL condition: what counts as true in the story format is true. */
export const celCondition = (expr: Expr, scope: Scope): string => new CelWriter(scope).truth(expr);

class CelWriter {
  constructor(private readonly scope: Scope) {}

  value(expr: Expr): string {
    switch (expr.op) {
      case 'literal':
        return literal(expr.value);
      case 'variable':
        return this.scope.variable(expr.name).name;
      case 'unset':
        return literal(this.scope.variable(expr.name).initial);
      case 'visits':
        return this.scope.visits(expr.passage);
      case 'turns':
        return '(turn + 1)';
      case 'opaque':
        throw new Untranslatable(expr.why);
      case 'not':
        return this.#opposite(expr.of);
      case 'negate':
        return `-(${this.value(expr.of)})`;
      case '??':
        return this.value(expr.of);
      case '?:':
        return `(${this.truth(expr.test)} ? ${this.value(expr.then)} : ${this.value(expr.otherwise)})`;
      case '&&':
      case '||':
        return this.#logical(expr, expr.op);
      default:
        return this.#binary(expr);
    }
  }

  truth(expr: Expr): string {
    if (expr.op === '&&' || expr.op === '||') {
      return `(${this.truth(expr.left)} ${expr.op} ${this.truth(expr.right)})`;
    }
    const type = this.#type(expr);
    if (type === 'bool') return this.value(expr);
    if (expr.op === 'literal') throw new Untranslatable('A condition is no number and no text.');
    return `(${this.value(expr)} != ${type === 'string' ? '""' : '0'})`;
  }

  /** The value of the side that decides, as JavaScript has it. */
  #logical({ left, right }: Binary, op: '&&' | '||'): string {
    if (this.#type(left) === 'bool' && this.#type(right) === 'bool') {
      return `(${this.value(left)} ${op} ${this.value(right)})`;
    }
    const [then, otherwise] = op === '||' ? [left, right] : [right, left];
    return `(${this.truth(left)} ? ${this.value(then)} : ${this.value(otherwise)})`;
  }

  #opposite(of: Expr): string {
    const op = OPPOSITES[of.op];
    return op === undefined ? `!${this.truth(of)}` : this.#binary({ ...(of as Binary), op });
  }

  #binary(expr: Binary): string {
    const { op, left, right } = expr;
    const [one, other] = [this.value(left), this.value(right)];
    if (op === 'contains') return `${one}.contains(${other})`;
    if (COMPARISONS.includes(op)) return `(${one} ${op} ${other})`;
    if (op === '/' && this.#type(left) === 'int' && this.#type(right) === 'int') {
      return `(${one} * 1.0 / ${other})`;
    }
    return `(${one} ${op} ${other})`;
  }

  #type(expr: Expr): ValueType | undefined {
    return typeOf(expr, (name) => this.scope.variable(name).type);
  }
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (Number.isSafeInteger(value)) return String(value);
  const written = String(value);
  return /[.]/.test(written) ? written : written.replace(/(?=e|$)/, '.0');
}
