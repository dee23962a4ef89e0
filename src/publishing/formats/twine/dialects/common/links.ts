import type { Assignment } from './expression.js';
import { parseTwineLink } from './twine-link.js';
import type { Goto, Item, Link } from './tree.js';

interface LinkHost {
  readonly parse: (text: string, offset: number) => readonly Item[];
  readonly assignments?: (code: string) => readonly Assignment[];
  /** The name that a target has, or null where it is computed; the name itself when left out. */
  readonly targetOf?: (target: string) => string | null;
}

/** What a link in double brackets is. */
export function twineLink(
  found: RegExpExecArray,
  offset: number,
  { parse, assignments, targetOf = (target) => target }: LinkHost,
): Link {
  const [source, inner] = found as unknown as [string, string];
  const { label, target, setter } = parseTwineLink(inner);
  const name = targetOf(target);
  const changes = setter === undefined ? undefined : (assignments?.(setter) ?? []);
  return {
    kind: 'link',
    name: '[[ ]]',
    offset,
    source,
    linkKind: name === null ? 'computed' : 'literal',
    target: name,
    label: parse(label, offset + 2),
    inner:
      changes === undefined
        ? []
        : [{ kind: 'set', name: '[[ ][ ]]', offset, source: setter!, changes }],
  };
}

/** Finds the calls in code that lead to a passage. @param call global; it ends with the opening bracket */
export const callsIn =
  (call: RegExp) =>
  (code: string, offset: number): Goto[] =>
    [...code.matchAll(call)].map(({ 0: begin, index }) => {
      const rest = code.slice(index + begin.length, index + begin.length + 500);
      const fixed = /^\s*(?:"((?:[^"\\]|\\.){0,400})"|'((?:[^'\\]|\\.){0,400})')\s*[),]/.exec(rest);
      const target = fixed === null ? null : (fixed[1] ?? fixed[2]!).replaceAll(/\\(.)/g, '$1');
      const source = begin + (fixed?.[0] ?? /^[^)\n]{0,100}\)?/.exec(rest)![0]);
      return {
        ...{ kind: 'goto', offset: offset + index, source, target, isInCode: true },
        linkKind: target === null ? 'computed' : 'macro',
      };
    });
