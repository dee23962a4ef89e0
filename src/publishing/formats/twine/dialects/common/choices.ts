import { LONGEST, MOST } from '../../../../../engine/core/limits.js';
import type { DocumentChoice } from '../../../story-document.js';
import { all } from './effects.js';
import { not, Untranslatable, type Expr } from './expression.js';
import type { Scope } from './scope.js';
import type { Way } from './ways.js';

/** The choice that leads on where the passage does so by itself. */
const CONTINUE = 'Continue';

const NEVER_SEEN = 'The passage goes on by itself before it can be chosen.';

export interface ChoiceOptions {
  readonly scope: Scope;
  /** The key of the node that a passage becomes; undefined where there is none. */
  readonly keyOf: (passage: string) => string | undefined;
  /** Told of what had to be left out, and where. */
  readonly report: (offset: number, message: string) => void;
}

/**
 * The choices of a node. Where a passage leads on by itself, nothing else of it can be chosen: not at all, or not while
 * the condition of that holds. Ways that are alike are one choice.
 */
export function choicesOf(ways: readonly Way[], options: ChoiceOptions): DocumentChoice[] {
  const last = ways.findIndex(({ isGoto, guard }) => isGoto && guard === undefined);
  const choices = new Map<string, DocumentChoice>();
  const gone: Expr[] = [];
  const gotos = ways.filter(({ isGoto }, i) => isGoto && (last < 0 || i <= last));
  const leads = new Set(gotos);
  const order = [...gotos, ...ways.filter((way) => !leads.has(way))];
  for (const way of order) {
    if (last >= 0 && !leads.has(way)) {
      withdraw(way, 'dropped', NEVER_SEEN);
      continue;
    }
    if (gone.length >= MOST.choices) {
      leaveOut(way, options);
      continue;
    }
    const choice = choiceOf(way, gone, options);
    if (way.isGoto && way.guard !== undefined) gone.push(not(way.guard));
    const identity = JSON.stringify(choice);
    if (choices.has(identity)) continue;
    if (choices.size >= MOST.choices) {
      leaveOut(way, options);
      continue;
    }
    choices.set(identity, choice);
  }
  return [...choices.values()];
}

const TOO_MANY = `A node has at most ${MOST.choices} choices: this link is none.`;

function leaveOut(way: Way, { report }: ChoiceOptions): void {
  withdraw(way, 'kept', TOO_MANY);
  report(way.offset, TOO_MANY);
}

function withdraw({ record }: Way, outcome: 'kept' | 'dropped', note: string): void {
  if (record !== undefined) Object.assign(record, { outcome, note });
}

function choiceOf(way: Way, gone: readonly Expr[], options: ChoiceOptions): DocumentChoice {
  const to = options.keyOf(way.target);
  const condition = conditionOf(way, gone, options);
  return {
    text: textOf(way, options),
    ...(to !== undefined && { to }),
    ...(condition !== undefined && { condition }),
    ...(way.effects.length > 0 && { effects: effectsOf(way, options) }),
  };
}

function effectsOf({ effects, offset }: Way, { report }: ChoiceOptions) {
  if (effects.length > MOST.effects) {
    report(offset, `A choice has at most ${MOST.effects} effects: the others are left out.`);
  }
  return effects.slice(0, MOST.effects);
}

function conditionOf(
  { guard, record }: Way,
  gone: readonly Expr[],
  { scope }: ChoiceOptions,
): string | undefined {
  const whole = all([...gone, guard]);
  if (whole === undefined) return undefined;
  try {
    return scope.condition(whole);
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    if (record !== undefined) record.note = `It is open at all times: ${error.message}`;
    return undefined;
  }
}

function textOf({ text, target, offset, isGoto }: Way, { scope, report }: ChoiceOptions): string {
  const words = text || (isGoto ? CONTINUE : target.trim()) || CONTINUE;
  const isFaulty = !scope.allows(words, 'plain');
  if (words.length <= LONGEST.text && !isFaulty) return words;
  report(
    offset,
    `A choice has at most ${LONGEST.text} characters: the words of this link are cut.`,
  );
  const plain = words.replaceAll(/\{[{%][^]*?[}%]\}/g, '').trim() || CONTINUE;
  const whole = plain.replaceAll(/\{(?=[{%])/g, '{ ');
  return whole.length <= LONGEST.text
    ? whole
    : `${whole.slice(0, LONGEST.text - 1).toWellFormed()}…`;
}
