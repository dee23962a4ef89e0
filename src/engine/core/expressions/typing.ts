import type { ASTNode } from '@marcbachmann/cel-js';
import type { ValueType } from '../definition.js';
import { isKeepable } from '../keepable.js';
import type { Layout, Slot } from '../layout.js';
import { a, fits, type Arithmetic, type Expression } from './expression.js';
import { insteadOf } from './foreign.js';
import { hyphenatedKey } from './hyphenated.js';
import { isNamespace, NAMESPACES, slotCalled, slotIn } from './names.js';
import { didYouMean } from './nearest.js';
import type { ReportFault } from './problem.js';

type BinaryNode = Extract<ASTNode, { args: [ASTNode, ASTNode] }>;

/**
 * Gives a tree of CEL its types. What is faulty is reported once, where it stands, and is `undefined`; the rest is
 * checked all the same.
 */
export class Typing {
  constructor(
    private readonly layout: Layout,
    private readonly report: ReportFault,
  ) {}

  of(node: ASTNode): Expression | undefined {
    switch (node.op) {
      case 'value':
        return this.#literal(node.args, node.start);
      case 'id':
        return this.#named(node.args, node.start);
      case '.':
        return this.#member(node.args[0], node.args[1], node.start);
      case '[]': {
        const [of, key] = node.args;
        if (key.op === 'value' && typeof key.args === 'string')
          return this.#member(of, key.args, node.start);
        return this.#fault('Only a name in quotes may stand in brackets.', key.start);
      }
      case '!_': {
        const of = this.#must(node.args, 'bool');
        return of && { op: 'not', type: 'bool', of };
      }
      case '-_': {
        const of = this.#must(node.args, 'number');
        return of && { op: 'negate', type: of.type, of };
      }
      case '&&':
      case '||': {
        const [left, right] = node.args.map((each) => this.#must(each, 'bool'));
        return left && right && { op: node.op, type: 'bool', left, right };
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const [left, right] = node.args.map((each) => this.of(each));
        const isSound = left && right && this.#areComparable(left, right, node);
        return isSound ? { op: node.op, type: 'bool', left, right } : undefined;
      }
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.#arithmetic(node.op, node);
      case '?:':
        return this.#branches(node.args);
      case 'in':
        return this.#membership(node.args[0], node.args[1]);
      case 'rcall':
        return this.#textTest(node.args[0], node.args[1], node.args[2], node.start);
      case 'call': {
        const [name, args] = node.args;
        for (const each of args) this.of(each);
        return this.#fault(insteadOf(name) ?? `There is no function ${name}.`, node.start);
      }
      default:
        return this.#fault('This part of CEL is not used in stories.', node.start);
    }
  }

  #fault(message: string, position: number): Expression | undefined {
    this.report(message, position);
    return undefined;
  }

  /** An expression that must have a type. */
  #must(node: ASTNode, wanted: ValueType): Expression | undefined {
    const expression = this.of(node);
    if (expression === undefined || fits(expression.type, wanted)) return expression;
    return this.#fault(`This is ${a(expression.type)}, but must be ${a(wanted)}.`, node.start);
  }

  #literal(value: unknown, position: number): Expression | undefined {
    switch (typeof value) {
      case 'bigint':
        return Number.isSafeInteger(Number(value))
          ? { op: 'literal', type: 'int', value: Number(value) }
          : this.#fault('Whole numbers have at most 15 digits.', position);
      case 'number':
        return { op: 'literal', type: 'number', value };
      case 'boolean':
        return { op: 'literal', type: 'bool', value };
      case 'string':
        return isKeepable(value)
          ? { op: 'literal', type: 'string', value }
          : this.#fault('A text has a character that cannot be kept.', position);
      default:
        return this.#fault('Only numbers, texts, true and false may stand here.', position);
    }
  }

  #named(name: string, position: number): Expression | undefined {
    return isNamespace(name)
      ? this.#fault(`${name} needs a name after it: ${name}.something.`, position)
      : this.#reading(slotCalled(name, this.layout), position);
  }

  #member(of: ASTNode, key: string, position: number): Expression | undefined {
    return of.op === 'id' && isNamespace(of.args)
      ? this.#reading(slotIn(of.args, key, this.layout), position)
      : this.#fault(`Only ${NAMESPACES.join(', ')} have parts.`, of.start);
  }

  #reading(slot: Slot | string, position: number): Expression | undefined {
    if (typeof slot === 'string') return this.#fault(slot, position);
    return { op: 'slot', type: slot.type, slot };
  }

  #arithmetic(op: Arithmetic, node: BinaryNode): Expression | undefined {
    const { args, start } = node;
    const hyphenated = hyphenatedKey(node, this.layout);
    if (hyphenated !== undefined)
      return this.#fault(`Write visits["${hyphenated.key}"].`, hyphenated.start);
    const [left, right] = args.map((each) => this.of(each));
    if (left === undefined || right === undefined) return undefined;
    if (op === '+' && left.type === 'string' && right.type === 'string')
      return { op, type: 'string', left, right };
    if (!isNumeric(left.type) || !isNumeric(right.type))
      return this.#fault(`${op} does not go with ${a(left.type)} and ${a(right.type)}.`, start);
    const type = common(left.type, right.type)!;
    if (op === '%' && type !== 'int') return this.#fault('% takes whole numbers.', start);
    return { op, type, left, right };
  }

  #areComparable(left: Expression, right: Expression, { op, start }: ASTNode): boolean {
    const isOrder = op === '<' || op === '<=' || op === '>' || op === '>=';
    if (common(left.type, right.type) !== undefined && !(isOrder && left.type === 'bool'))
      return true;
    this.report(`${a(left.type)} cannot be compared with ${a(right.type)} here.`, start);
    return false;
  }

  #branches([condition, one, other]: [ASTNode, ASTNode, ASTNode]): Expression | undefined {
    const test = this.#must(condition, 'bool');
    const [then, otherwise] = [this.of(one), this.of(other)];
    if (then === undefined || otherwise === undefined) return undefined;
    const type = common(then.type, otherwise.type);
    if (type === undefined) {
      const message = `One branch is ${a(then.type)}, the other ${a(otherwise.type)}.`;
      return this.#fault(message, other.start);
    }
    return test && { op: '?:', type, test, then, otherwise };
  }

  /** `"lamp" in inventory`, or `mood in ["calm", "glad"]`. */
  #membership(value: ASTNode, list: ASTNode): Expression | undefined {
    if (list.op === 'list') {
      const of = this.of(value);
      const entries = list.args.flatMap((node) => {
        const entry = this.of(node);
        return of && entry && this.#areComparable(of, entry, node) ? [entry] : [];
      });
      const isSound = of !== undefined && entries.length === list.args.length;
      return isSound ? { op: 'in', type: 'bool', of, list: entries } : undefined;
    }
    if (value.op !== 'value' || typeof value.args !== 'string')
      return this.#fault('Only a name in quotes may stand before this in.', value.start);
    const part = this.#member(list, value.args, value.start);
    if (part === undefined || part.type === 'bool') return part;
    const none: Expression = { op: 'literal', type: 'int', value: 0 };
    return { op: '>', type: 'bool', left: part, right: none };
  }

  #textTest(
    name: string,
    of: ASTNode,
    args: readonly ASTNode[],
    position: number,
  ): Expression | undefined {
    const [left, right] = [of, ...args].map((each) => this.of(each));
    if (name !== 'contains' && name !== 'startsWith' && name !== 'endsWith') {
      const known = ['contains', 'startsWith', 'endsWith'];
      return this.#fault(`There is no function ${name}.${didYouMean(name, known)}`, position);
    }
    if (args.length !== 1)
      return this.#fault(`${name} takes a text, and is asked of a text.`, position);
    if (left === undefined || right === undefined) return undefined;
    return left.type === 'string' && right.type === 'string'
      ? { op: name, type: 'bool', left, right }
      : this.#fault(`${name} takes a text, and is asked of a text.`, position);
  }
}

const isNumeric = (type: ValueType) => type === 'int' || type === 'number';

function common(one: ValueType, other: ValueType): ValueType | undefined {
  if (one === other) return one;
  return isNumeric(one) && isNumeric(other) ? 'number' : undefined;
}
