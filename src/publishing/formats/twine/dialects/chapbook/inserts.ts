import { argumentsIn } from '../common/arguments.js';
import type { Construct, Item, Link } from '../common/tree.js';
import { expression } from './expressions.js';

/** What stands between braces: `{name}`, or `{embed passage: 'Name', key: value}`. */
export const INSERT = /\{([^{}\n]{1,1000})\}/y;

type Parse = (text: string, offset: number) => readonly Item[];

interface Insert {
  readonly name: string;
  /** The constant texts that it is given; null where one is computed. */
  readonly first: string | null | undefined;
  readonly named: ReadonlyMap<string, string | null>;
}

/** @param start the passage that the story starts at. @returns undefined where it is words in braces */
export function insertItems(
  construct: Construct,
  inner: string,
  start: string,
  parse: Parse,
): Item[] | undefined {
  if (/^\s*[A-Za-z_$][\w$.]*\s*$/.test(inner)) {
    return [{ kind: 'print', ...construct, name: '{variable}', value: expression(inner) }];
  }
  const insert = read(inner);
  const named = { ...construct, name: `{${insert.name}}` };
  const label = (fallback: string) => {
    const words = insert.named.get('label') ?? fallback;
    return parse(words, construct.offset);
  };
  switch (insert.name) {
    case 'embed passage':
    case 'embed passage named':
      return [{ kind: 'include', ...named, target: insert.first ?? null }];
    case 'reveal link':
      return reveal(insert, named, parse);
    case 'restart link':
      return [
        { ...linkTo(named, start, label(insert.first ?? 'Restart')), inner: [{ kind: 'reset' }] },
      ];
    case 'back link': {
      const back = { linkKind: 'computed', target: null, isBack: true } as const;
      return [{ kind: 'link', ...named, ...back, label: label(insert.first ?? 'Back'), inner: [] }];
    }
    case 'link to':
      return [linkTo(named, insert.first ?? null, label(insert.first ?? ''))];
    default:
      return KNOWN.test(insert.name)
        ? [{ kind: 'code', ...named, why: 'This insert is not translated.' }]
        : undefined;
  }
}

const KNOWN =
  /^(ambient sound|no ambient sound|sound effect|cycling link|cycling link for|dropdown menu|dropdown menu for|text input|text input for|embed|embed image|embed .* (image|video)|image|theme switcher|volume slider|mute button)$/i;

const linkTo = (construct: Construct, target: string | null, label: readonly Item[]): Link => ({
  ...{ kind: 'link', ...construct, target, label, inner: [] },
  linkKind: target === null ? 'computed' : 'macro',
});

/** Shows a text or a passage after a click; here it is there at once. */
function reveal({ first, named }: Insert, construct: Construct, parse: Parse): Item[] {
  const why = 'What is shown after a click is shown at once.';
  const passage = named.get('passage');
  const words = `${first ?? ''} ${named.get('text') ?? ''}`.trim();
  const include: Item = { kind: 'include', ...construct, target: passage ?? null };
  const body = [...parse(words, construct.offset), ...(passage === undefined ? [] : [include])];
  return [{ kind: 'group', ...construct, body, end: '', why }];
}

function read(inner: string): Insert {
  const [head = '', ...rest] = argumentsIn(inner);
  const [, name = head, first] = /^([^:'"]+?)\s*(?::\s*([^]*))?$/.exec(head) ?? [];
  const named = rest.map((part): [string, string | null] => {
    const [, key = '', value = ''] = /^([\w ]+?)\s*:\s*([^]*)$/.exec(part) ?? [];
    return [key, constant(value)];
  });
  const isGiven = first !== undefined && first !== '';
  return { name: name.trim(), first: isGiven ? constant(first) : undefined, named: new Map(named) };
}

function constant(code: string): string | null {
  const value = expression(code);
  return value.op === 'literal' && typeof value.value === 'string' ? value.value : null;
}
