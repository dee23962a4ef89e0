import { opaque, type Assignment } from '../common/expression.js';
import { changed, text, type Construct, type Goto, type Item } from '../common/tree.js';
import { argumentsIn, type Argument } from './arguments.js';
import { choosing, switching } from './branches.js';
import { assignments, expression } from './expressions.js';
import { isOwn, spoken } from './own-macros.js';
import { macroTarget } from './targets.js';
import type { Macro } from './tokenizer.js';
import type { MacroNode, Node } from './tree.js';

/** What macros need of the rest of the dialect. */
export interface MacroHost {
  readonly itemsOf: (nodes: readonly Node[]) => Item[];
  readonly parse: (text: string, offset: number) => readonly Item[];
  readonly linksIn: (code: string, offset: number) => readonly Goto[];
}

const UNKNOWN = 'This macro is not translated.';

/** What a macro is, with what stands in it. */
export function macroItems(node: MacroNode, host: MacroHost): Item[] {
  const { macro, body, end } = node;
  const construct = constructOf(macro);
  if (macro.isClosing) return [{ kind: 'code', ...construct, why: 'It ends what nothing begins.' }];
  if (body !== undefined) {
    const within = containerItems(node, body, host);
    if (within !== undefined) return within;
    const why = REASONS[macro.name] ?? UNKNOWN;
    return [{ kind: 'group', ...construct, body: host.itemsOf(body), end: end!.source, why }];
  }
  return simpleItems(macro, construct, host);
}

function containerItems(
  node: MacroNode,
  body: readonly Node[],
  host: MacroHost,
): Item[] | undefined {
  switch (node.macro.name) {
    case 'if':
      return [choosing(node, body, host.itemsOf)];
    case 'switch':
      return [switching(node, body, host.itemsOf)];
    case 'link':
    case 'button':
    case 'click':
      return [linkItem(node, body, host)];
    case 'nobr':
      return [mapped(node.macro), ...unbroken(host.itemsOf(body))];
    case 'silently':
    case 'silent':
      return [mapped(node.macro), ...silent(host.itemsOf(body))];
    case 'capture':
      return [mapped(node.macro), ...host.itemsOf(body)];
    default:
      return undefined;
  }
}

const mapped = (macro: Macro): Item => ({ kind: 'note', ...constructOf(macro), outcome: 'mapped' });

const constructOf = ({ name, offset, source }: Macro): Construct => ({
  name: `<<${name}>>`,
  offset,
  source,
});

const unbroken = (items: readonly Item[]): readonly Item[] =>
  changed(items, (item) => [
    item.kind === 'text' ? { ...item, text: item.text.replaceAll(/(?<!\s)\s*\n\s*/g, ' ') } : item,
  ]);

/** What happens without anything to see. */
const silent = (items: readonly Item[]): readonly Item[] =>
  changed(items, (item) => {
    switch (item.kind) {
      case 'text':
      case 'markup':
        return [];
      case 'print':
        return [{ ...item, kind: 'note', outcome: 'mapped' }];
      case 'link':
        return [{ ...item, kind: 'note', outcome: 'dropped', why: 'Readers do not see it.' }];
      case 'include':
        return [{ ...item, kind: 'code', why: 'What it does unseen is not translated.' }];
      default:
        return [item];
    }
  });

/** The arguments of a macro, with their places in the passage. */
const argumentsOf = ({ args, source, offset }: Macro): Argument[] =>
  argumentsIn(args, offset + Math.max(0, source.indexOf(args)));

/** `<<link "text" "target">>…<</link>>`, and the like. */
function linkItem(node: MacroNode, body: readonly Node[], host: MacroHost): Item {
  const { macro, end } = node;
  const [first, second] = argumentsOf(macro);
  const construct = { ...constructOf(macro) };
  const inner = host.itemsOf(body);
  const isDirect = first?.kind === 'link' || second !== undefined;
  const label = labelOf(first, host);
  if (!isDirect && !inner.some(leadsOn)) {
    const why = 'It leads to no passage, but changes this one.';
    return {
      kind: 'group',
      ...construct,
      body: [...label, text(' '), ...inner],
      end: end!.source,
      why,
    };
  }
  const target = isDirect
    ? macroTarget(second ?? first)
    : { target: undefined, linkKind: 'macro' as const };
  const setter = first?.kind === 'link' ? settings(first.link.setter, construct) : [];
  return { kind: 'link', ...construct, ...target, label, inner: [...setter, ...inner] };
}

const leadsOn = (item: Item): boolean =>
  item.kind === 'goto' ||
  (item.kind === 'if' && item.branches.some(({ body }) => body.some(leadsOn))) ||
  (item.kind === 'group' && item.body.some(leadsOn));

function labelOf(argument: Argument | undefined, { parse }: MacroHost): readonly Item[] {
  if (argument === undefined) return [];
  if (argument.kind === 'text') return parse(argument.value, argument.at);
  if (argument.kind === 'link') return parse(argument.link.label, argument.at);
  return [
    {
      ...{ kind: 'print', name: argument.code, offset: argument.at, source: argument.code },
      value: expression(argument.code),
    },
  ];
}

const settings = (setter: string | undefined, construct: Construct): Item[] =>
  setter === undefined
    ? []
    : [
        {
          kind: 'set',
          ...construct,
          name: '[[ ][ ]]',
          source: setter,
          changes: assignments(setter),
        },
      ];

function simpleItems(macro: Macro, construct: Construct, host: MacroHost): Item[] {
  const { name, args, raw } = macro;
  switch (name) {
    case 'set':
      return [{ kind: 'set', ...construct, changes: assignments(args) }];
    case 'run':
      return run(construct, macro, host);
    case 'unset':
      return [{ kind: 'set', ...construct, changes: unsettings(args) }];
    case 'print':
    case '=':
    case '-':
      return [{ kind: 'print', ...construct, value: expression(args) }];
    case 'goto': {
      const { offset, source } = construct;
      return [{ kind: 'goto', offset, source, ...macroTarget(argumentsOf(macro)[0]) }];
    }
    case 'include':
    case 'display':
      return [{ kind: 'include', ...construct, target: macroTarget(argumentsOf(macro)[0]).target }];
    case 'link':
    case 'button':
    case 'click':
      return [linkItem({ macro, end: macro }, [], host)];
    case 'actions':
      return [{ kind: 'note', ...construct, outcome: 'mapped' }, ...actions(macro, host)];
    case 'choice':
      return [choice(macro, construct, host)];
    case 'return':
    case 'back':
      return [returning(macro, construct, host)];
    default: {
      const said = isOwn(name) ? spoken(construct, argumentsOf(macro), host.parse) : undefined;
      if (said !== undefined) return [said];
      const why = REASONS[name] ?? UNKNOWN;
      const links = host.linksIn(
        raw ?? args,
        construct.offset + construct.source.indexOf(raw ?? args),
      );
      return [{ kind: 'code', ...construct, why }, ...links];
    }
  }
}

function run(construct: Construct, { args }: Macro, { linksIn }: MacroHost): Item[] {
  const links = linksIn(args, construct.offset + construct.source.indexOf(args));
  if (links.length > 0) return [{ kind: 'code', ...construct, why: UNKNOWN }, ...links];
  return [{ kind: 'set', ...construct, changes: assignments(args) }];
}

const unsettings = (args: string): Assignment[] =>
  args.split(/[\s,]+/).map((each): Assignment => {
    const name = /^\$([A-Za-z_$][\w$]*)$/.exec(each)?.[1];
    return name === undefined
      ? { name: '', value: opaque('Only variables of the story can be unset.') }
      : { name, value: { op: 'unset', name } };
  });

/** `<<actions "a" [[text|b]]>>`: a link for each. */
const actions = (macro: Macro, host: MacroHost): Item[] =>
  argumentsOf(macro).map((argument): Item => ({
    ...{ kind: 'link', name: '<<actions>>', offset: argument.at, ...macroTarget(argument) },
    source: argument.source,
    label: labelOf(argument, host),
    inner: argument.kind === 'link' ? settings(argument.link.setter, constructOf(macro)) : [],
  }));

/** `<<choice "target" "text">>`, or with a link in brackets. */
function choice(macro: Macro, construct: Construct, host: MacroHost): Item {
  const [first, second] = argumentsOf(macro);
  const label = labelOf(second ?? first, host);
  return { kind: 'link', ...construct, ...macroTarget(first), label, inner: [] };
}

/** `<<return>>` leads back, unless it names a passage. */
function returning(macro: Macro, construct: Construct, host: MacroHost): Item {
  const [first, second] = argumentsOf(macro);
  const label = labelOf(first, host);
  const isDirect = macro.name === 'return' && (second !== undefined || first?.kind === 'link');
  if (isDirect)
    return { kind: 'link', ...construct, ...macroTarget(second ?? first), label, inner: [] };
  return {
    kind: 'link',
    ...construct,
    linkKind: 'computed',
    target: null,
    label,
    inner: [],
    isBack: true,
  };
}

/** Why macros that stories often use are not translated. */
const REASONS: Readonly<Record<string, string | undefined>> = {
  script: 'It is a script.',
  widget: 'It makes a macro of the story’s own.',
  for: 'Nothing is repeated in texts.',
  timed: 'Nothing in a text waits.',
  repeat: 'Nothing in a text waits.',
  type: 'Nothing in a text waits.',
  audio: 'Sounds are not in texts.',
  cacheaudio: 'Sounds are not in texts.',
  playlist: 'Sounds are not in texts.',
  textbox: 'Readers type nothing into texts.',
  numberbox: 'Readers type nothing into texts.',
  textarea: 'Readers type nothing into texts.',
  checkbox: 'Readers type nothing into texts.',
  radiobutton: 'Readers type nothing into texts.',
  listbox: 'Readers choose nothing within texts.',
  cycle: 'Readers choose nothing within texts.',
  linkreplace: 'What is shown after a click is shown at once.',
  linkappend: 'What is shown after a click is shown at once.',
  linkprepend: 'What is shown after a click is shown at once.',
  replace: 'Texts are not changed while they are read.',
  append: 'Texts are not changed while they are read.',
  prepend: 'Texts are not changed while they are read.',
  remove: 'Texts are not changed while they are read.',
};
