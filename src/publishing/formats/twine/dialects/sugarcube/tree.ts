import { DEEPEST, type Item } from '../common/tree.js';
import type { Macro, Token } from './tokenizer.js';

/** A macro with what stands between it and its end; the end is left out where there is none. */
export interface MacroNode {
  readonly macro: Macro;
  readonly body?: readonly Node[];
  readonly end?: Macro;
}

export type Node = MacroNode | { readonly items: readonly Item[] };

/** Pairs macros with their ends. Ends without a beginning, and what nests too deeply, stand by themselves. */
export function treeOf(tokens: readonly Token[]): Node[] {
  const ends = endsOf(tokens);
  const build = (from: number, to: number): Node[] => {
    const nodes: Node[] = [];
    for (let i = from; i < to; i++) {
      const token = tokens[i]!;
      const end = ends.get(i);
      if (token.kind === 'items') nodes.push(token);
      else if (end === undefined) nodes.push({ macro: token });
      else {
        nodes.push({ macro: token, body: build(i + 1, end), end: tokens[end] as Macro });
        i = end;
      }
    }
    return nodes;
  };
  return build(0, tokens.length);
}

/** By the index of a macro, that of its end. */
function endsOf(tokens: readonly Token[]): Map<number, number> {
  const open: { name: string; index: number }[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  const pairs: [number, number][] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'items' || token.raw !== undefined) return;
    if (!token.isClosing) {
      open.push({ name: token.name, index });
      count(token.name, 1);
      return;
    }
    if ((counts.get(token.name) ?? 0) === 0) return;
    for (let opened = open.pop(); opened !== undefined; opened = open.pop()) {
      count(opened.name, -1);
      if (opened.name !== token.name) continue;
      pairs.push([opened.index, index]);
      break;
    }
  });
  return new Map(shallow(pairs));
}

/** The pairs that do not nest more deeply than is read. */
function shallow(pairs: readonly [number, number][]): [number, number][] {
  const sorted = [...pairs].sort(([one], [other]) => one - other);
  const around: number[] = [];
  return sorted.filter(([begin, end]) => {
    while (around.length > 0 && around.at(-1)! < begin) around.pop();
    if (around.length >= DEEPEST) return false;
    around.push(end);
    return true;
  });
}
