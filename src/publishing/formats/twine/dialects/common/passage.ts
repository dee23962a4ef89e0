import type { Effect } from '../../../../../engine/core/definition.js';
import { append } from '../../../append.js';
import type { LinkRecord, Outcome } from '../../fidelity.js';
import { branchSegments, conditionsOf } from './branches.js';
import { all, both, effectsOf, sureOfGuard } from './effects.js';
import { escaped, hiddenCode, labelInProse } from './escape.js';
import { not, opaque, reasonOf, Untranslatable, variablesIn, type Expr } from './expression.js';
import { LiquidWriter } from './liquid.js';
import { Recorder } from './recorder.js';
import type { Scope } from './scope.js';
import { isBlank, labelOf, type Segment } from './segments.js';
import {
  everyItem,
  type Choosing,
  type Construct,
  type Goto,
  type Item,
  type Link,
} from './tree.js';
import { followed, type Way } from './ways.js';

/** What a passage says and does, before it is a node. */
export interface Body {
  readonly segments: readonly Segment[];
  readonly ways: readonly Way[];
  readonly effects: readonly Effect[];
  /** Whether code that is not translated, or a computed link, leads on. */
  readonly hasUnknownWays: boolean;
}

export interface BodyOptions {
  readonly scope: Scope;
  readonly recorder: Recorder;
  readonly isMarkdown: boolean;
  /** Whether there is no Liquid at all in it: for texts that would have more of it than they may. */
  readonly isPlain: boolean;
  /** The items of a passage that is to be included; a text says why it is not. */
  readonly include: (passage: string, within: readonly string[]) => readonly Item[] | string;
  readonly passage: string;
}

interface Context {
  readonly guard: Expr | undefined;
  /** False within code that is not translated: nobody knows whether it happens. */
  readonly isCertain: boolean;
  /** Undefined while what another passage holds is included. */
  readonly recorder: Recorder | undefined;
  /** The passages that are being included. */
  readonly within: readonly string[];
  readonly out: Segment[];
  readonly effects: Effect[];
  /** Where text is written as it is, as in a choice. */
  readonly isLabel: boolean;
  /** The link that is being followed. */
  readonly link?: { readonly label: string };
  /** How many effects there were when the innermost condition was tested. */
  readonly since: number;
}

const UNKNOWN_WHEN = 'It stands in code that is not translated, so nothing tells when it happens.';
const READ_BEFORE = 'The text before it shows what was before, but effects come before the text.';

export function bodyOf(items: readonly Item[], options: BodyOptions): Body {
  return new PassageBody(options).whole(items);
}

class PassageBody {
  readonly #liquid: LiquidWriter;
  readonly #ways: Way[] = [];
  /** The variables that what came before shows. */
  readonly #shown = new Set<string>();
  #hasUnknownWays = false;

  constructor(private readonly options: BodyOptions) {
    this.#liquid = new LiquidWriter(options.scope);
  }

  whole(items: readonly Item[]): Body {
    const { recorder, passage } = this.options;
    const context: Context = {
      ...{ guard: undefined, isCertain: true, recorder, within: [passage], out: [], effects: [] },
      ...{ isLabel: false, since: 0 },
    };
    this.#all(items, context);
    const { out, effects } = context;
    return { segments: out, ways: this.#ways, effects, hasUnknownWays: this.#hasUnknownWays };
  }

  #all(items: readonly Item[], context: Context): void {
    for (const item of items) this.#item(item, context);
  }

  #item(item: Item, context: Context): void {
    switch (item.kind) {
      case 'text':
        context.out.push({ kind: 'text', text: escaped(item.text, context.isLabel, this.options) });
        return;
      case 'markup':
        context.out.push(item);
        return;
      case 'note':
        context.recorder?.construct(item, item.outcome, item.why);
        if (item.outcome === 'kept') this.#hide(item.source, context);
        return;
      case 'print':
        this.#print(item, context);
        return;
      case 'set':
        this.#set(item, context);
        return;
      case 'reset':
        this.#reset(context);
        return;
      case 'if':
        this.#choosing(item, context);
        return;
      case 'link':
        this.#link(item, context);
        return;
      case 'goto':
        this.#goto(item, context);
        return;
      case 'include':
        this.#include(item, context);
        return;
      case 'code':
        this.#keep(item, context, item.why);
        return;
      case 'group':
        this.#keep(item, context, item.why);
        this.#all(item.body, { ...context, isCertain: false });
        this.#hide(item.end, context);
    }
  }

  #keep(item: Construct, context: Context, why: string): void {
    context.recorder?.construct(item, 'kept', why);
    this.#hide(item.source, context);
  }

  #hide(source: string, { out, isLabel }: Context): void {
    if (this.options.isPlain || isLabel || source === '') return;
    out.push({ kind: 'hidden', text: hiddenCode(source) });
  }

  #print(item: Item & { kind: 'print' }, context: Context): void {
    try {
      const { isPlain, scope } = this.options;
      if (isPlain) throw new Untranslatable(TOO_MUCH_LIQUID);
      const output = this.#liquid.output(item.value);
      const text = `${this.#liquid.takePrelude()}{{ ${output} }}`;
      if (!scope.allows(text, 'plain')) throw new Untranslatable('Liquid cannot print it.');
      context.out.push({ kind: 'print', text });
      for (const name of variablesIn(item.value)) this.#shown.add(name);
      context.recorder?.construct(item, 'mapped');
    } catch (error) {
      this.#liquid.forget();
      this.#keep(item, context, reasonOf(error));
    }
  }

  #set(item: Item & { kind: 'set' }, context: Context): void {
    try {
      if (!context.isCertain) throw new Untranslatable(UNKNOWN_WHEN);
      const { guard, since } = context;
      const { scope } = this.options;
      sureOfGuard(guard, context.effects.slice(since), scope);
      const effects = effectsOf(item.changes, guard, scope);
      const isShown = item.changes.some(({ name }) => this.#shown.has(name));
      if (context.link === undefined && effects.length > 0 && isShown) {
        throw new Untranslatable(READ_BEFORE);
      }
      append(context.effects, effects);
      context.recorder?.construct(item, 'mapped');
    } catch (error) {
      this.#keep(item, context, reasonOf(error));
    }
  }

  #reset({ effects }: Context): void {
    for (const { name, initial } of this.options.scope.variables) {
      effects.push({ op: 'set', target: name, value: JSON.stringify(initial) });
    }
  }

  #choosing(item: Construct & Choosing, context: Context): void {
    const conditions = conditionsOf(item.branches, this.options.scope, this.#liquid);
    const isTold = typeof conditions !== 'string';
    const isShort = !this.options.isPlain || !item.branches.some(({ body }) => hasWords(body));
    if (!isTold) this.#keep({ ...item, source: item.branches[0]!.source }, context, conditions);
    else if (isShort) context.recorder?.construct(item, 'mapped');
    else context.recorder?.construct(item, 'kept', TOO_MUCH_LIQUID);
    if (isTold && [...everyItem([item])].some(isSeen)) {
      for (const { test } of item.branches) {
        for (const name of test === undefined ? [] : variablesIn(test)) this.#shown.add(name);
      }
    }
    const since = context.guard === undefined ? context.effects.length : context.since;
    let others: Expr | undefined;
    const bodies = item.branches.map(({ test, body, source }, i) => {
      const out: Segment[] = [];
      const guard = isTold ? all([context.guard, others, test]) : context.guard;
      if (i === MOST_BEFORE) others = opaque(TOO_MUCH_BEFORE);
      else if (test !== undefined && i < MOST_BEFORE) others = both(others, not(test));
      if (!isTold && i > 0) this.#hide(source, { ...context, out });
      const isCertain = context.isCertain && isTold;
      this.#all(body, { ...context, out, guard, isCertain, since });
      return out;
    });
    const isBranching = isTold && !this.options.isPlain && !bodies.every(isBlank);
    append(
      context.out,
      isBranching ? branchSegments(item.branches, bodies, conditions) : bodies.flat(),
    );
    if (!isTold) this.#hide(item.end, context);
  }

  #link(item: Link, context: Context): void {
    const label = this.#label(item, context);
    const effects: Effect[] = [];
    const { target, linkKind } = item;
    const before = this.#ways.length;
    const inside: Context = {
      ...context,
      out: [],
      effects,
      link: { label },
      since: 0,
      guard: undefined,
    };
    if (target === undefined) context.recorder?.construct(item, 'mapped');
    const record = (outcome: Outcome, note?: string) =>
      target === undefined
        ? undefined
        : context.recorder?.link(item, linkKind, target, outcome, note, item.isBack);
    if (target === null) {
      record('kept', item.isBack ? BACK : COMPUTED);
      this.#hasUnknownWays = true;
      context.out.push({ kind: 'label', text: labelInProse(label, this.options) });
      this.#hide(item.source, context);
      this.#all(item.inner, inside);
      return;
    }
    const made = record('mapped', context.isCertain ? undefined : UNKNOWN_WHEN);
    this.#all(item.inner, inside);
    if (target !== undefined) {
      this.#way({ ...item, target }, label, effects, context, made, false);
    } else {
      for (let i = before; i < this.#ways.length; i++) {
        this.#ways[i] = followed(this.#ways[i]!, effects, context.guard, this.options.scope);
      }
    }
    context.out.push({ kind: 'label', text: labelInProse(label, this.options) });
    append(
      context.out,
      inside.out.filter(({ kind }) => kind === 'hidden'),
    );
  }

  #label({ label }: Link, context: Context): string {
    const out: Segment[] = [];
    this.#all(label, { ...context, out, isLabel: true });
    return labelOf(out);
  }

  #way(
    { target, offset }: { target: string; offset: number },
    text: string,
    effects: readonly Effect[],
    context: Context,
    record: LinkRecord | undefined,
    isGoto: boolean,
  ): void {
    const { guard } = context;
    for (const name of guard === undefined ? [] : variablesIn(guard)) this.#shown.add(name);
    this.#ways.push({ text, target, guard, effects, isGoto, record, offset });
  }

  #goto(item: Goto, context: Context): void {
    const { target, linkKind, isInCode } = item;
    if (target === null || isInCode === true) {
      const why = item.isBack ? BACK : target === null ? COMPUTED : UNKNOWN_WHEN;
      context.recorder?.link(item, linkKind, target, 'kept', why, item.isBack);
      this.#hasUnknownWays = true;
      if (isInCode !== true) this.#hide(item.source, context);
      return;
    }
    const note = context.isCertain ? undefined : UNKNOWN_WHEN;
    const record = context.recorder?.link(item, linkKind, target, 'mapped', note);
    const { link } = context;
    const isGoto = link === undefined && context.isCertain;
    this.#way({ ...item, target }, link?.label ?? '', [], context, record, isGoto);
  }

  #include(item: Item & { kind: 'include' }, context: Context): void {
    const { target } = item;
    const found = target === null ? COMPUTED_INCLUDE : this.options.include(target, context.within);
    if (typeof found === 'string') {
      this.#keep(item, context, found);
      return;
    }
    context.recorder?.construct(item, 'mapped');
    this.#all(found, { ...context, recorder: undefined, within: [...context.within, target!] });
  }
}

const BACK = 'Readers go back by undo.';
const COMPUTED = 'Where it leads is computed while the story is played.';
const COMPUTED_INCLUDE = 'What it shows is computed while the story is played.';
/** How many branches may come before one whose links and effects depend on them: more make no condition. */
const MOST_BEFORE = 100;
const TOO_MUCH_BEFORE = 'Too many other cases come before it.';
const TOO_MUCH_LIQUID = 'The passage has more code than a text may have.';

/** Whether readers see something of an item by itself. */
const isSeen = (item: Item): boolean =>
  item.kind === 'link' || item.kind === 'goto' || item.kind === 'include' || isWritten(item);

const hasWords = (items: readonly Item[]): boolean => [...everyItem(items)].some(isWritten);

const isWritten = (item: Item): boolean =>
  item.kind === 'print' ||
  ((item.kind === 'text' || item.kind === 'markup') && item.text.trim() !== '');
