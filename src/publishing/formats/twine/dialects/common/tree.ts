import type { LinkRecord, Outcome } from '../../fidelity.js';
import type { Assignment, Expr } from './expression.js';

/** Code in the text of a passage. */
export interface Code {
  /** Where it begins in the text. */
  readonly offset: number;
  readonly source: string;
}

/** A piece of code with the name of what it is. */
export interface Construct extends Code {
  readonly name: string;
  /** All of it, where the words that it holds stand within and `source` is what comes before them. */
  readonly whole?: string;
}

/** A part of a passage, whatever the story format. */
export type Item =
  /** Plain words; formats that are Markdown themselves have theirs in it. */
  | { readonly kind: 'text'; readonly text: string }
  /** Markdown that stands for markup of the format. */
  | { readonly kind: 'markup'; readonly text: string }
  /** Says what became of a piece of code that gives nothing by itself. */
  | (Construct & { readonly kind: 'note'; readonly outcome: Outcome; readonly why?: string })
  | (Construct & { readonly kind: 'print'; readonly value: Expr })
  | (Construct & { readonly kind: 'set'; readonly changes: readonly Assignment[] })
  /** Sets all variables back to what they are at first. */
  | { readonly kind: 'reset' }
  | (Construct & Choosing)
  | Link
  | Goto
  | (Construct & { readonly kind: 'include'; readonly target: string | null })
  /** Code that is not translated, with its reason. */
  | (Construct & { readonly kind: 'code'; readonly why: string })
  /** Code around prose: that stays, the code is not translated. */
  | (Construct & {
      readonly kind: 'group';
      readonly body: readonly Item[];
      readonly end: string;
      readonly why: string;
    });

/** Takes the first branch whose test is true. */
export interface Choosing {
  readonly kind: 'if';
  readonly branches: readonly Branch[];
  readonly end: string;
}

export interface Branch extends Code {
  /** Left out: all other cases. */
  readonly test?: Expr;
  readonly body: readonly Item[];
}

export interface Link extends Construct {
  readonly kind: 'link';
  readonly linkKind: LinkRecord['kind'];
  /** Null where it is computed; undefined where what is within says where the reader goes. */
  readonly target: string | null | undefined;
  readonly label: readonly Item[];
  /** What happens when it is followed. */
  readonly inner: readonly Item[];
  /** Whether it leads back to where the reader has been: then nothing is reached by it alone. */
  readonly isBack?: boolean;
}

/** Leads on by itself. */
export interface Goto extends Code {
  readonly kind: 'goto';
  readonly linkKind: LinkRecord['kind'];
  readonly target: string | null;
  /** Whether it stands in code that is not translated. */
  readonly isInCode?: boolean;
  readonly isBack?: boolean;
}

export const text = (text: string): Item => ({ kind: 'text', text });
export const markup = (text: string): Item => ({ kind: 'markup', text });

/** How deep code may nest; what is deeper is not read. */
export const DEEPEST = 40;

/** The items within an item. */
export function insideOf(item: Item): readonly (readonly Item[])[] {
  switch (item.kind) {
    case 'if':
      return item.branches.map(({ body }) => body);
    case 'group':
      return [item.body];
    case 'link':
      return [item.label, item.inner];
    default:
      return [];
  }
}

/** Items with all that readers see within them, each as `change` has it. */
export function changed(
  items: readonly Item[],
  change: (item: Item) => readonly Item[],
): readonly Item[] {
  return items.flatMap((item): readonly Item[] => {
    if (item.kind === 'group') return [{ ...item, body: changed(item.body, change) }];
    if (item.kind !== 'if') return change(item);
    const branches = item.branches.map((branch) => ({
      ...branch,
      body: changed(branch.body, change),
    }));
    return [{ ...item, branches }];
  });
}

/** All items with all that is within them, in order. */
export function* everyItem(items: readonly Item[]): Generator<Item> {
  for (const item of items) {
    yield item;
    for (const inside of insideOf(item)) yield* everyItem(inside);
  }
}
