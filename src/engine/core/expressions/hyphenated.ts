import type { ASTNode } from '@marcbachmann/cel-js';
import type { Layout } from '../layout.js';

interface WrittenKey {
  readonly key: string;
  /** Where its namespace begins. */
  readonly start: number;
}

/**
 * The key of a node that is meant by `visits.End-Good`, which CEL takes for a difference; undefined where there is no
 * such node, or where it can be a difference.
 */
export function hyphenatedKey(node: ASTNode, layout: Layout): WrittenKey | undefined {
  const written = node.op === '-' ? keyAsWritten(node) : undefined;
  if (written === undefined) return undefined;
  const keys = new Set(layout.nodeKeys());
  const [first] = written.key.split('-') as [string];
  return keys.has(written.key) && !keys.has(first) ? written : undefined;
}

function keyAsWritten(node: ASTNode): WrittenKey | undefined {
  if (node.op === '.') {
    const [of, key] = node.args;
    return of.op === 'id' && of.args === 'visits' ? { key, start: of.start } : undefined;
  }
  if (node.op !== '-') return undefined;
  const [left, right] = node.args;
  const before = keyAsWritten(left);
  const after = right.op === 'id' || right.op === 'value' ? String(right.args) : undefined;
  return before && after !== undefined
    ? { key: `${before.key}-${after}`, start: before.start }
    : undefined;
}
