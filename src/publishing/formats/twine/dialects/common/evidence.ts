import { ARITHMETIC, COMPARISONS, everyPart, type Assignment, type Expr } from './expression.js';
import { everyItem, type Item } from './tree.js';

/** What the code of a story shows of its variables. */
export interface Evidence {
  /** In the order of their first use. */
  readonly names: ReadonlySet<string>;
  /** What each is set to, in order. */
  readonly set: ReadonlyMap<string, readonly Expr[]>;
  /** What each is compared with or reckoned with. */
  readonly beside: ReadonlyMap<string, readonly Expr[]>;
  /** Those that stand where true or false is wanted. */
  readonly tested: ReadonlySet<string>;
  /** Those that are used as lists, maps or the like. */
  readonly structures: ReadonlySet<string>;
}

/** Goes through all code of a story. */
export function evidenceIn(passages: Iterable<readonly Item[]>): Evidence {
  const collector = new Collector();
  for (const items of passages) for (const item of everyItem(items)) collector.item(item);
  return collector;
}

class Collector implements Evidence {
  readonly names = new Set<string>();
  readonly set = new Map<string, Expr[]>();
  readonly beside = new Map<string, Expr[]>();
  readonly tested = new Set<string>();
  readonly structures = new Set<string>();

  item(item: Item): void {
    if (item.kind === 'print') this.#expression(item.value);
    if (item.kind === 'set') for (const change of item.changes) this.#change(change);
    if (item.kind !== 'if') return;
    for (const { test } of item.branches) {
      if (test === undefined) continue;
      this.#expression(test);
      this.#truth(test);
    }
  }

  #change({ name, value }: Assignment): void {
    this.#expression(value);
    if (name === '') return;
    this.names.add(name);
    added(this.set, name, value);
    if (value.op === 'opaque' && value.isStructure === true) this.structures.add(name);
  }

  #expression(expr: Expr): void {
    for (const part of everyPart(expr)) {
      if (part.op === 'variable' || part.op === 'unset') this.names.add(part.name);
      if (part.op === 'opaque') this.#structures(part.structures ?? []);
      if (part.op === 'not') this.#truth(part.of);
      if (part.op === '?:') this.#truth(part.test);
      if (part.op === '&&' || part.op === '||') {
        this.#truth(part.left);
        this.#truth(part.right);
      }
      this.#neighbours(part);
    }
  }

  #structures(names: readonly string[]): void {
    for (const name of names) {
      this.names.add(name);
      this.structures.add(name);
    }
  }

  #truth(expr: Expr): void {
    if (expr.op === 'variable') this.tested.add(expr.name);
  }

  #neighbours(part: Expr): void {
    if (!('left' in part) || part.op === '&&' || part.op === '||') return;
    const isText = part.op === 'contains';
    if (!isText && !COMPARISONS.includes(part.op) && !ARITHMETIC.includes(part.op)) return;
    const { left, right } = part;
    const TEXT: Expr = { op: 'literal', value: '' };
    if (left.op === 'variable') added(this.beside, left.name, isText ? TEXT : right);
    if (right.op === 'variable') added(this.beside, right.name, isText ? TEXT : left);
  }
}

function added<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
