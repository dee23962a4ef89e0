import type { Edit } from '../edits.js';
import { KIND_IN, type Namespace } from '../expressions/names.js';

/** What rules and texts go by the name of. */
export const NAMED_KINDS = [
  'variable',
  'item',
  'stat',
  'artifact',
  'ending',
  'protagonist',
  'node',
] as const;

export type NamedKind = (typeof NAMED_KINDS)[number];

/** A name as it stands in a text. Places are counted from 0, in UTF-16 units. */
export interface Mention {
  readonly kind: NamedKind;
  readonly name: string;
  /** `gold`; `.lamp` after its namespace; or `"lamp"`, quotation marks and all. */
  readonly form: 'bare' | 'member' | 'quoted';
  /** Where what is written for the name begins: of a member its dot. */
  readonly start: number;
  readonly end: number;
  /** Where the name itself begins. */
  readonly at: number;
}

/** What a text goes by. */
export interface Mentions {
  readonly mentions: Mention[];
  /** Where it uses the key of whoever is played otherwise than by comparing it with one. */
  readonly opaque: number[];
}

/** What is named in a namespace, for `visits` a node. */
export function kindIn(space: Namespace): NamedKind {
  const kind = KIND_IN[space];
  return (NAMED_KINDS as readonly string[]).includes(kind) ? (kind as NamedKind) : 'node';
}

/** A name after a dot: its end is that of the name. */
export function memberMention(
  space: Namespace,
  name: string,
  source: string,
  end: number,
): Mention {
  const at = end - name.length;
  return {
    kind: kindIn(space),
    name,
    form: 'member',
    start: source.lastIndexOf('.', at),
    end,
    at,
  };
}

/** A name in quotation marks. */
export const quotedMention = (
  kind: NamedKind,
  name: string,
  { start, end }: { readonly start: number; readonly end: number },
): Mention => ({ kind, name, form: 'quoted', start, end, at: start + 1 });

/** What changes one mention in a text into another name. */
export const renaming = (source: string, { form, start, end }: Mention, to: string): Edit => ({
  start,
  end,
  by: inPlaceOf(form, source.slice(start, end), to),
});

function inPlaceOf(form: Mention['form'], written: string, to: string): string {
  if (form === 'bare') return to;
  if (form === 'quoted') return written.startsWith("'") ? `'${to}'` : `"${to}"`;
  return isPlainMember(to) ? `.${to}` : `["${to}"]`;
}

/** What both languages take after a dot. */
const isPlainMember = (name: string) =>
  /^[A-Za-z_]\w*$/.test(name) && !['in', 'true', 'false', 'null'].includes(name);
