import type { Expr } from '../common/expression.js';
import { opaque } from '../common/expression.js';
import type { Branch, Item } from '../common/tree.js';
import { argumentsIn } from './arguments.js';
import { expression } from './expressions.js';
import type { Macro } from './tokenizer.js';
import type { MacroNode, Node } from './tree.js';

type ItemsOf = (nodes: readonly Node[]) => Item[];

/** `<<if>>…<<elseif>>…<<else>>…<</if>>` */
export function choosing({ macro, end }: MacroNode, body: readonly Node[], itemsOf: ItemsOf): Item {
  const parts = split(body, ['elseif', 'else']);
  const branches = [{ macro, nodes: parts.first }, ...parts.others].map(
    ({ macro: { name, args, offset, source }, nodes }): Branch => {
      const isElse = name === 'else' && !/^if\b/.test(args);
      const code = name === 'else' ? args.replace(/^if\b/, '') : args;
      return { offset, source, body: itemsOf(nodes), ...(!isElse && { test: expression(code) }) };
    },
  );
  const { offset, source } = macro;
  return { kind: 'if', name: '<<if>>', offset, source, branches, end: end!.source };
}

/** `<<switch $x>><<case 1 2>>…<<default>>…<</switch>>` */
export function switching(
  { macro, end }: MacroNode,
  body: readonly Node[],
  itemsOf: ItemsOf,
): Item {
  const { offset, source, args } = macro;
  const of = expression(args);
  const branches = split(body, ['case', 'default']).others.map(
    ({ macro: part, nodes }): Branch => ({
      ...{ offset: part.offset, source: part.source, body: itemsOf(nodes) },
      ...(part.name === 'case' && { test: isOneOf(of, part) }),
    }),
  );
  if (branches.length === 0) {
    const why = 'It has no cases.';
    return {
      kind: 'group',
      name: '<<switch>>',
      offset,
      source,
      body: itemsOf(body),
      end: end!.source,
      why,
    };
  }
  const first = { ...branches[0]!, source: source + branches[0]!.source };
  return {
    ...{ kind: 'if', name: '<<switch>>', offset, source, end: end!.source },
    branches: [first, ...branches.slice(1)],
  };
}

/** How many values a case may name: more make no condition. */
const MOST_VALUES = 100;

function isOneOf(left: Expr, { args, offset }: Macro): Expr {
  const tests = argumentsIn(args, offset).map((argument): Expr => {
    const right: Expr =
      argument.kind === 'text'
        ? constant(argument.value, argument.source)
        : argument.kind === 'code'
          ? expression(argument.code)
          : opaque('It is no value.');
    return { op: '==', left, right };
  });
  if (tests.length === 0) return opaque('It names no value.');
  if (tests.length > MOST_VALUES) return opaque('It names too many values.');
  return tests.reduce((one, other) => ({ op: '||', left: one, right: other }));
}

/** Words without quotes may be numbers. */
function constant(value: string, source: string): Expr {
  const isQuoted = source !== value;
  if (!isQuoted && /^-?\d+(\.\d+)?$/.test(value)) return { op: 'literal', value: Number(value) };
  if (!isQuoted && (value === 'true' || value === 'false'))
    return { op: 'literal', value: value === 'true' };
  return { op: 'literal', value };
}

interface Part {
  readonly macro: Macro;
  readonly nodes: Node[];
}

/** Splits what stands in a macro at the macros that divide it. */
function split(body: readonly Node[], at: readonly string[]): { first: Node[]; others: Part[] } {
  const first: Node[] = [];
  const others: Part[] = [];
  for (const node of body) {
    if ('macro' in node && !node.macro.isClosing && at.includes(node.macro.name)) {
      others.push({ macro: node.macro, nodes: [] });
    } else (others.at(-1)?.nodes ?? first).push(node);
  }
  return { first, others };
}
