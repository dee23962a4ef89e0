import type { ASTNode } from '@marcbachmann/cel-js';
import { BUILT_IN, isNamespace, type Namespace } from '../expressions/names.js';
import { syntaxTree } from '../expressions/syntax.js';
import { kindIn, memberMention, quotedMention, type Mention, type Mentions } from './mention.js';

/** What a CEL expression goes by, whether or not it is declared; undefined when it is no CEL. */
export function mentionsInExpression(source: string): Mentions | undefined {
  const tree = syntaxTree(source);
  if (tree === undefined) return undefined;
  const found: Mentions = { mentions: [], opaque: [] };
  visit(tree, source, found);
  found.mentions.sort((one, other) => one.at - other.at);
  return found;
}

function visit(node: ASTNode, source: string, found: Mentions): void {
  const { mentions, opaque } = found;
  switch (node.op) {
    case 'value':
      return;
    case 'id':
      if (node.args === 'protagonist') opaque.push(node.start);
      else if (!isKept(node.args)) mentions.push(variable(node.args, node));
      return;
    case '.': {
      const [of, key] = node.args;
      const space = spaceOf(of);
      if (space === undefined) visit(of, source, found);
      else mentions.push(memberMention(space, key, source, node.end));
      return;
    }
    case '[]':
    case 'in': {
      const [of, key] = node.op === 'in' ? [node.args[1], node.args[0]] : node.args;
      const space = spaceOf(of);
      const name = textOf(key);
      if (space !== undefined && name !== undefined)
        mentions.push(quotedMention(kindIn(space), name, key));
      else if (node.op === 'in' && isProtagonist(key) && of.op === 'list')
        compare(of.args, key, source, found);
      else for (const each of [of, key]) visit(each, source, found);
      return;
    }
    case '==':
    case '!=': {
      const [left, right] = node.args;
      if (isProtagonist(left)) compare([right], left, source, found);
      else if (isProtagonist(right)) compare([left], right, source, found);
      else for (const each of node.args) visit(each, source, found);
      return;
    }
    default:
      for (const each of partsOf(node.args)) visit(each, source, found);
  }
}

/** Whoever is played beside some values: keys of protagonists where they are texts. */
function compare(
  values: readonly ASTNode[],
  protagonist: ASTNode,
  source: string,
  found: Mentions,
): void {
  for (const value of values) {
    const key = textOf(value);
    if (key === undefined) {
      found.opaque.push(protagonist.start);
      visit(value, source, found);
    } else found.mentions.push(quotedMention('protagonist', key, value));
  }
}

function* partsOf(args: unknown): Generator<ASTNode> {
  if (Array.isArray(args)) for (const each of args) yield* partsOf(each);
  else if (typeof args === 'object' && args !== null && 'op' in args) yield args as ASTNode;
}

const isKept = (name: string) =>
  isNamespace(name) || (BUILT_IN as readonly string[]).includes(name);

const isProtagonist = (node: ASTNode) => node.op === 'id' && node.args === 'protagonist';

const spaceOf = (node: ASTNode): Namespace | undefined =>
  node.op === 'id' && isNamespace(node.args) ? node.args : undefined;

const textOf = (node: ASTNode): string | undefined =>
  node.op === 'value' && typeof node.args === 'string' ? node.args : undefined;

const variable = (name: string, { start, end }: ASTNode): Mention => ({
  kind: 'variable',
  name,
  form: 'bare',
  start,
  end,
  at: start,
});
