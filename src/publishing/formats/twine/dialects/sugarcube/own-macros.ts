import type { Construct, Item } from '../common/tree.js';
import type { Argument } from './arguments.js';

/** What SugarCube has itself; every other macro is the story’s own. */
const BUILTINS = new Set(
  [
    'set unset run capture print include display nobr silently silent script style do redo done',
    'if elseif else switch case default for break continue repeat stop timed next type widget',
    'link button click actions choice back return goto linkappend linkprepend linkreplace',
    'checkbox cycle option optionsfrom listbox numberbox radiobutton textarea textbox',
    'addclass append copy prepend remove removeclass replace toggleclass',
    'audio cacheaudio createaudiogroup createplaylist masteraudio playlist removeaudiogroup',
    'removeplaylist waitforaudio track group',
  ].flatMap((names) => names.split(' ')),
);

export const isOwn = (name: string): boolean => !BUILTINS.has(name) && name !== '=' && name !== '-';

/** Several words; one with a capital; or one that ends as a sentence does. Names of files, colours and the like are none. */
const PROSE = [/\p{L}\S*\s+\S*[\p{L}\p{N}]/u, /^\p{Lu}[\p{Ll}’']*$/u, /^\P{L}*[\p{L}’']+[.?!…]/u];

/** What styles and code have, and prose has not. */
const CODE = /^\s*[\w-]+\s*:\s*[^\s:]+\s*;|[{}]/;

/** The words that a call shows: its last text in quotes that reads as prose. */
function proseIn(args: readonly Argument[]): (Argument & { readonly kind: 'text' }) | undefined {
  return args.findLast(
    (argument): argument is Argument & { kind: 'text' } =>
      argument.kind === 'text' &&
      /^["']/.test(argument.source) &&
      PROSE.some((pattern) => pattern.test(argument.value.trim())) &&
      !CODE.test(argument.value),
  );
}

/**
 * A call of a macro of the story’s own that says something: its words stay visible, and the code before and after them is
 * kept. Undefined where it says nothing.
 */
export function spoken(
  construct: Construct,
  args: readonly Argument[],
  parse: (text: string, offset: number) => readonly Item[],
): Item | undefined {
  const words = proseIn(args);
  if (words === undefined) return undefined;
  const { offset, source } = construct;
  const start = words.at - offset;
  return {
    ...{ kind: 'group', ...construct, whole: source, why: SPOKEN },
    source: source.slice(0, start + 1),
    body: parse(words.value, words.at + 1),
    end: source.slice(start + words.source.length - 1),
  };
}

const SPOKEN = 'It is a macro of the story’s own: its words stay, the code around them is kept.';
