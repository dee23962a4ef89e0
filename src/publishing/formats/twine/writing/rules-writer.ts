import type { Effect, Value } from '../../../../engine/core/definition.js';
import type { Expression } from '../../../../engine/core/expressions/expression.js';
import { parseExpression } from '../../../../engine/core/expressions/parse.js';
import { isFaulty } from '../../../../engine/core/expressions/problem.js';
import { numbered } from '../../../../engine/core/graph.js';
import { Layout, type Slot } from '../../../../engine/core/layout.js';
import { compileEffects, type CompiledEffect } from '../../../../engine/core/rules.js';
import type { StoryDocument } from '../../story-document.js';
import { variableCalled, type TargetCode } from './target-format.js';

/** Writes the rules of a story in the code of a story format; undefined is what that cannot say. */
export class RulesWriter {
  readonly #layout: Layout;

  /** @param passageOf the name of the passage that a node is, by its index */
  constructor(
    { schema = {}, nodes }: StoryDocument,
    private readonly code: TargetCode,
    private readonly passageOf: (node: number) => string,
  ) {
    const { protagonists: _, ...declared } = schema;
    const bare = nodes.map(({ key, title, content, type }, i) => ({
      ...{ id: i, key, title, content, type },
      ...{ isStart: false, endingKind: null, choices: [] },
    }));
    this.#layout = new Layout(declared, numbered({ nodes: bare }));
  }

  condition(source: string): string | undefined {
    const parsed = parseExpression(source, this.#layout, 'bool');
    return isFaulty(parsed) ? undefined : this.#write(parsed);
  }

  /** One name of a text, such as `coins` or `inventory.rope`. */
  name(source: string): string | undefined {
    const parsed = parseExpression(source, this.#layout);
    return isFaulty(parsed) ? undefined : this.#write(parsed);
  }

  /** A value as a condition of Liquid takes it: zero and empty texts are false. */
  truth(source: string): string | undefined {
    const parsed = parseExpression(source, this.#layout);
    if (isFaulty(parsed)) return undefined;
    if (parsed.type === 'bool') return this.#write(parsed);
    return this.condition(`${source} != ${parsed.type === 'string' ? '""' : '0'}`);
  }

  joined(op: '&&' | '||', one: string, other: string): string | undefined {
    return this.code.expressions.binary(op, one, other);
  }

  effect(effect: Effect): string | undefined {
    const [compiled] = compileEffects([effect], this.#layout, () => undefined);
    const variable = compiled && variableCalled(compiled.slot);
    const next = variable && this.#next(compiled, variable);
    return next && this.code.set(variable, next);
  }

  /** Sets all that is declared to what it is at the start. @param isWanted by the name of a variable */
  initial(isWanted: (variable: string) => boolean): string[] {
    return this.#layout.slots.flatMap((slot) => {
      const variable = variableCalled(slot);
      if (variable === undefined || slot.kind === 'protagonist' || !isWanted(variable)) return [];
      return [this.code.set(variable, this.code.expressions.literal(slot.initial))];
    });
  }

  #next({ effect: { op }, slot, value }: CompiledEffect, variable: string): string | undefined {
    const { literal, not, binary } = this.code.expressions;
    if (op === 'toggle') return not(variable);
    if (op === 'award' || op === 'unlock') return literal(true);
    const written = value && this.#write(value);
    if (written === undefined || op === 'set') return written && this.#fitted(slot, written);
    const sum = binary(op === 'add' || op === 'give' ? '+' : '-', variable, written);
    return sum && this.#fitted(slot, sum);
  }

  #fitted({ min, max, type }: Slot, value: string): string {
    if (type === 'bool' || type === 'string') return value;
    const bound = (limit: number) =>
      Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
    return this.code.expressions.bounded(value, bound(min), bound(max));
  }

  #write(expression: Expression): string | undefined {
    const to = this.code.expressions;
    switch (expression.op) {
      case 'literal':
        return to.literal(expression.value satisfies Value);
      case 'slot':
        return to.slot(expression.slot, this.passageOf);
      case 'not':
        return mapped([this.#write(expression.of)], to.not);
      case 'negate':
        return mapped([this.#write(expression.of)], (of) => to.binary('-', '0', of));
      case 'in':
        return mapped(
          [expression.of, ...expression.list].map((each) => this.#write(each)),
          (of, ...list) => to.within(of, list),
        );
      case '?:':
        return mapped(
          [expression.test, expression.then, expression.otherwise].map((each) => this.#write(each)),
          (test, then, otherwise) => to.either(test, then, otherwise),
        );
      default:
        return mapped(
          [expression.left, expression.right].map((each) => this.#write(each)),
          (left, right) => {
            const written = to.binary(expression.op, left, right);
            const isWhole = expression.op === '/' && expression.type === 'int';
            return isWhole && written !== undefined ? to.whole(written) : written;
          },
        );
    }
  }
}

/** Undefined as soon as one part is. */
function mapped(
  parts: readonly (string | undefined)[],
  write: (first: string, ...rest: string[]) => string | undefined,
): string | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  const [first, ...rest] = parts as string[];
  return write(first!, ...rest);
}
