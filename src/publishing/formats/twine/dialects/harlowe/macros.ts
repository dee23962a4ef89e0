import { opaque, type Expr } from '../common/expression.js';
import { markup, text, type Branch, type Construct, type Goto, type Item } from '../common/tree.js';
import { argumentsIn } from '../common/arguments.js';
import { assignments, expression, macroName, puttings, textOf } from './expressions.js';
import type { Macro, Token } from './tokenizer.js';

/** What macros need of the rest of the dialect. */
export interface MacroHost {
  readonly itemsOf: (tokens: readonly Token[]) => Item[];
  readonly parse: (text: string, offset: number) => readonly Item[];
}

const UNKNOWN = 'This macro is not translated.';

const CONDITIONS = ['if', 'unless', 'elseif', 'else'];

export const isCondition = (token: Token | undefined): token is Macro =>
  token?.kind === 'macro' &&
  CONDITIONS.includes(macroName(token.name)) &&
  token.hook !== undefined &&
  !token.isJoined;

/** What a macro is, with its hook. */
export function macroItems(macro: Macro, host: MacroHost): Item[] {
  if (macro.isJoined) return [kept(macro, host, UNKNOWN)];
  const name = macroName(macro.name);
  const construct = constructOf(macro);
  switch (name) {
    case 'set':
      return [{ kind: 'set', ...construct, changes: assignments(macro.args) }];
    case 'put':
      return [{ kind: 'set', ...construct, changes: puttings(macro.args) }];
    case 'print':
      return [{ kind: 'print', ...construct, value: expression(macro.args) }];
    case 'goto':
      return [goto(construct, macro.args)];
    case 'display':
      return [{ kind: 'include', ...construct, target: textOf(macro.args) ?? null }];
    case 'undo':
    case 'linkundo':
      return [back(macro, construct, host)];
    case 'either':
    case 'random':
      return [{ kind: 'print', ...construct, value: expression(`(${macro.name}: ${macro.args})`) }];
    default:
      return linkItems(name, macro, host) ?? styled(macro, host);
  }
}

export const constructOf = ({ name, offset, source }: Macro): Construct => ({
  name: `(${name.toLowerCase()}:)`,
  offset,
  source,
});

function goto({ offset, source }: Construct, args: string): Goto {
  const target = textOf(args) ?? null;
  return { kind: 'goto', offset, source, target, linkKind: target === null ? 'computed' : 'macro' };
}

function back({ args, argsAt }: Macro, construct: Construct, { parse }: MacroHost): Item {
  const label = parse(textOf(args) ?? '', argsAt);
  const link = { linkKind: 'computed', target: null, label, inner: [], isBack: true } as const;
  return { kind: 'link', ...construct, ...link };
}

const LINKS = [
  'link',
  'linkreplace',
  'linkreveal',
  'linkrepeat',
  'linkrerun',
  'click',
  'clickreplace',
];
const LINKS_TO = ['linkgoto', 'linkrevealgoto', 'clickgoto'];

function linkItems(name: string, macro: Macro, host: MacroHost): Item[] | undefined {
  const construct = constructOf(macro);
  const inner = host.itemsOf(macro.hook ?? []);
  const args = argumentsIn(macro.args);
  if (LINKS_TO.includes(name)) {
    const target = textOf(args.at(-1)) ?? null;
    const linkKind = target === null ? 'computed' : 'macro';
    const label = labelOf(args[0], macro, host);
    return [{ kind: 'link', ...construct, linkKind, target, label, inner }];
  }
  if (!LINKS.includes(name) || macro.hook === undefined) return undefined;
  const label = labelOf(args[0], macro, host);
  if (inner.some(leadsOn)) {
    return [{ kind: 'link', ...construct, linkKind: 'macro', target: undefined, label, inner }];
  }
  const why = 'What is shown after a click is shown at once.';
  const words = name.startsWith('click') ? [] : [...label, text(' ')];
  return [
    {
      kind: 'group',
      ...construct,
      source: macro.opening,
      body: [...words, ...inner],
      end: ']',
      why,
    },
  ];
}

const leadsOn = (item: Item): boolean =>
  item.kind === 'goto' ||
  (item.kind === 'if' && item.branches.some(({ body }) => body.some(leadsOn))) ||
  (item.kind === 'group' && item.body.some(leadsOn));

/** A text, or the name of the hook that is clicked. */
function labelOf(
  arg: string | undefined,
  { argsAt }: Macro,
  { parse }: MacroHost,
): readonly Item[] {
  const words = textOf(arg) ?? /^\?([\p{L}\p{N}_-]+)$/u.exec(arg ?? '')?.[1];
  if (words !== undefined) return parse(words, argsAt);
  const source = arg ?? '';
  return [{ kind: 'print', name: '(print:)', offset: argsAt, source, value: expression(source) }];
}

/** A chain of conditions. */
export function choosing(chain: readonly Macro[], { itemsOf }: MacroHost): Item {
  const branches = chain.map((macro, i): Branch => {
    const test = testOf(macro);
    const { offset, opening, hook } = macro;
    const source = i === 0 ? opening : `]${opening}`;
    return { offset, source, body: itemsOf(hook!), ...(test !== undefined && { test }) };
  });
  const first = chain[0]!;
  const source = chain.length === 1 ? first.source : first.opening;
  const end = ']';
  const isOpen = macroName(first.name).startsWith('else');
  if (isOpen) {
    const why = 'It goes on with what nothing begins.';
    const body = branches.flatMap(({ body }) => body);
    return { kind: 'group', ...constructOf(first), source, body, end, why };
  }
  return { kind: 'if', ...constructOf(first), source, branches, end };
}

function testOf({ name, args }: Macro): Expr | undefined {
  switch (macroName(name)) {
    case 'else':
      return undefined;
    case 'unless':
      return { op: 'not', of: expression(args) };
    default:
      return args === '' ? opaque('It has no condition.') : expression(args);
  }
}

const STYLES: Readonly<Record<string, string>> = {
  bold: '**',
  strong: '**',
  italic: '*',
  emphasis: '*',
};

/** Macros that only say how their hooks look. */
const LOOKS = [
  'textstyle',
  'textcolour',
  'textcolor',
  'colour',
  'color',
  'font',
  'align',
  'background',
];
const MORE_LOOKS = [
  'css',
  'textsize',
  'size',
  'textrotatez',
  'opacity',
  'box',
  'floatbox',
  'border',
];

function styled(macro: Macro, host: MacroHost): Item[] {
  const name = macroName(macro.name);
  const { hook } = macro;
  const isLook = LOOKS.includes(name) || MORE_LOOKS.includes(name) || name.startsWith('transition');
  if (hook === undefined || !isLook) return [kept(macro, host, UNKNOWN)];
  const style = name === 'textstyle' ? textOf(macro.args) : undefined;
  const mark = style === undefined ? undefined : STYLES[style];
  const note = { kind: 'note', ...constructOf(macro), source: macro.opening } as const;
  const body = host.itemsOf(hook);
  if (mark !== undefined)
    return [{ ...note, outcome: 'mapped' }, markup(mark), ...body, markup(mark)];
  const why = 'Its formatting has no like here; what it holds stays.';
  return [{ ...note, outcome: 'dropped', why }, ...body];
}

function kept(macro: Macro, { itemsOf }: MacroHost, why: string): Item {
  const construct = constructOf(macro);
  if (macro.hook === undefined) return { kind: 'code', ...construct, why };
  const source = macro.opening;
  return { kind: 'group', ...construct, source, body: itemsOf(macro.hook), end: ']', why };
}
