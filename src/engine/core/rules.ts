import type { ChoiceDefinition, Effect, NodeDefinition, StorySchema, Value } from './definition.js';
import { parseCheck, withoutDice, type DiceCheck } from './expressions/dice.js';
import { evaluator, type Evaluator, type Memory } from './expressions/evaluate.js';
import { a, type Expression } from './expressions/expression.js';
import { didYouMean } from './expressions/nearest.js';
import { parseExpression } from './expressions/parse.js';
import { isFaulty, type ExpressionProblem, type Faults } from './expressions/problem.js';
import { fitted, LONGEST_TEXT, type Layout, type Slot, type SlotKind } from './layout.js';
import { mentionsInExpression } from './references/in-expressions.js';
import { unknownProtagonists } from './references/protagonists.js';

/** An effect ready to run on a memory. */
export interface CompiledEffect {
  readonly effect: Effect;
  readonly slot: Slot;
  /** What is set or added; the new value of the slot before it is fitted into its bounds. */
  readonly next: Evaluator;
  /** What `next` reads beside the slot itself. */
  readonly value: Expression | undefined;
}

/** A dice check ready to run. */
export interface CompiledCheck extends DiceCheck {
  readonly bonusOf: (memory: Memory) => number;
  readonly succeeds: (total: number, memory: Memory) => boolean;
}

/** The rules of one choice. */
export interface ChoiceRules {
  readonly condition: Expression | undefined;
  readonly isOpen: Evaluator | undefined;
  readonly effects: readonly CompiledEffect[];
  readonly check: CompiledCheck | undefined;
  /** Counts the wrong answers to its puzzle, where a limit or a hint depends on it. */
  readonly attempts: Slot | undefined;
}

/** A rule that cannot run, and where it stands. */
export interface RuleProblem extends ExpressionProblem {
  readonly node: NodeDefinition;
  readonly choice: ChoiceDefinition | undefined;
  /** `condition`, `check`, `ending` or `effects.0.value`, say. */
  readonly field: string;
}

type Report = (field: string, problem: ExpressionProblem) => void;

/** Prepares effects; those with a problem are reported and left out. */
export function compileEffects(
  effects: readonly Effect[],
  layout: Layout,
  report: Report,
): CompiledEffect[] {
  return effects.flatMap((effect, i) => {
    const { value } = effect as { readonly value?: string };
    for (const problem of unknownIn(value, layout)) report(`effects.${i}.value`, problem);
    const compiled = compileEffect(effect, layout);
    if (!('field' in compiled)) return [compiled];
    for (const problem of compiled.problems) report(`effects.${i}.${compiled.field}`, problem);
    return [];
  });
}

export function compileChoice(
  choice: ChoiceDefinition,
  index: number,
  layout: Layout,
  report: Report,
): ChoiceRules {
  const condition = compiled('condition', report, () =>
    choice.condition === undefined ? undefined : parseExpression(choice.condition, layout, 'bool'),
  );
  for (const problem of unknownIn(choice.condition, layout)) report('condition', problem);
  const check = compiled('check', report, () =>
    choice.check === undefined ? undefined : parseCheck(choice.check, layout),
  );
  const bonus = choice.check === undefined ? undefined : withoutDice(choice.check);
  for (const problem of unknownIn(bonus, layout)) report('check', problem);
  return {
    condition,
    isOpen: closedWhenFaulty(choice, condition),
    effects: compileEffects(choice.effects ?? [], layout, report),
    check: check && compileCheck(check),
    attempts: countsAttempts(choice)
      ? layout.attemptsAt(index, choice.puzzle?.attempts)
      : undefined,
  };
}

/** The count limits the attempts, and finds the next hint. */
const countsAttempts = ({ puzzle }: ChoiceDefinition) =>
  puzzle !== undefined && (puzzle.attempts !== undefined || (puzzle.hints ?? []).length > 0);

/** No declarations and no rules: shared by all choices that have none. */
export const NO_RULES: ChoiceRules = {
  condition: undefined,
  isOpen: undefined,
  effects: [],
  check: undefined,
  attempts: undefined,
};

export const hasRules = ({ condition, effects, check, puzzle }: ChoiceDefinition): boolean =>
  condition !== undefined || effects !== undefined || check !== undefined || puzzle !== undefined;

/** Problems of the declarations themselves: what a protagonist begins with must exist and fit. */
export function schemaProblems(schema: StorySchema, layout: Layout): string[] {
  return (schema.protagonists ?? []).flatMap(({ key, variables, stats, items }) =>
    (
      [
        ['variable', variables],
        ['stat', stats],
        ['item', items],
      ] as const
    ).flatMap(([kind, values]) =>
      Object.entries(values ?? {}).flatMap(([name, value]) => {
        const slot = layout.find(kind, name);
        if (slot === undefined) {
          return [`Protagonist ${key}: ${unknown(kind, name, layout)}`];
        }
        return holds(slot, value)
          ? []
          : [`Protagonist ${key}: ${name} must be ${a(slot.type)} within its bounds.`];
      }),
    ),
  );
}

/** Whether a plain value has the type of a slot. */
export function isOfType({ type }: Slot, value: unknown): boolean {
  if (type === 'bool') return typeof value === 'boolean';
  if (type === 'string') return typeof value === 'string';
  return Number.isFinite(value) && (type === 'number' || Number.isSafeInteger(value));
}

/** Whether a plain value is one that a slot can hold: of its type, and within its bounds. */
export const holds = (slot: Slot, value: unknown): boolean =>
  isOfType(slot, value) && fitted(slot, value as Value) === value;

/** What keeps a slot from holding a value, in an author's or a reader's words; undefined where nothing does. */
export function valueProblem(slot: Slot, value: Value): string | undefined {
  if (holds(slot, value)) return undefined;
  if (!isOfType(slot, value)) return `must be ${a(slot.type)}`;
  return slot.type === 'string'
    ? `must have at most ${LONGEST_TEXT} characters`
    : `must lie from ${slot.min} to ${slot.max}`;
}

/** Protagonists that a rule goes by, though there are none of their keys: it is reported, and runs all the same. */
const unknownIn = (source: string | undefined, layout: Layout): Faults =>
  source === undefined
    ? []
    : unknownProtagonists(source, layout, () => mentionsInExpression(source));

function compiled<T extends object>(
  field: string,
  report: Report,
  work: () => T | Faults | undefined,
): T | undefined {
  const result = work();
  if (result === undefined || !isFaulty(result)) return result;
  for (const problem of result) report(field, problem);
  return undefined;
}

/** A condition that cannot run is false: nobody gets past it by accident. */
function closedWhenFaulty(
  { condition }: ChoiceDefinition,
  expression: Expression | undefined,
): Evaluator | undefined {
  if (condition === undefined) return undefined;
  return expression === undefined ? () => false : evaluator(expression);
}

/** The most that a check adds to its dice or takes from them: totals are 32-bit integers where they are told. */
const MOST_BONUS = 1_000_000_000;

function compileCheck(check: DiceCheck): CompiledCheck {
  const bonus = evaluator(check.bonus) as (memory: Memory) => number;
  const against = evaluator(check.against) as (memory: Memory) => number;
  return {
    ...check,
    // Infinity less infinity is no number, and adds nothing.
    bonusOf: (memory) => Math.max(-MOST_BONUS, Math.min(MOST_BONUS, bonus(memory))) || 0,
    succeeds: (total, memory) => {
      const wanted = against(memory);
      switch (check.comparison) {
        case '>=':
          return total >= wanted;
        case '<=':
          return total <= wanted;
        case '>':
          return total > wanted;
        case '<':
          return total < wanted;
        case '==':
          return total === wanted;
        case '!=':
          return total !== wanted;
      }
    },
  };
}

interface EffectFault {
  readonly field: 'target' | 'value';
  readonly problems: Faults;
}

const KINDS: Readonly<Record<Effect['op'], readonly SlotKind[]>> = {
  set: ['variable', 'stat'],
  add: ['variable', 'stat'],
  sub: ['variable', 'stat'],
  toggle: ['variable'],
  give: ['item'],
  take: ['item'],
  award: ['artifact'],
  unlock: ['ending'],
};

function compileEffect(effect: Effect, layout: Layout): CompiledEffect | EffectFault {
  const { op, target } = effect;
  const kinds = KINDS[op];
  const slot = kinds.map((kind) => layout.find(kind, target)).find((found) => found !== undefined);
  if (slot === undefined) return targetFault(unknown(kinds[0]!, target, layout, kinds));
  const { index } = slot;
  const written = (effect as { readonly value?: string }).value;
  const takesNone = op === 'award' || op === 'unlock' || op === 'toggle';
  if (takesNone && written !== undefined) return valueFault(`${op} takes no value.`);
  if (op === 'award' || op === 'unlock')
    return { effect, slot, value: undefined, next: () => true };
  if (op === 'toggle') {
    if (slot.type !== 'bool')
      return targetFault(`${target} is ${a(slot.type)}: toggle takes true or false.`);
    return { effect, slot, value: undefined, next: (memory) => !memory[index] };
  }
  if (op !== 'set' && slot.type !== 'int' && slot.type !== 'number') {
    return targetFault(`${target} is ${a(slot.type)}: ${op} takes numbers.`);
  }
  if (written === undefined && op !== 'give' && op !== 'take') {
    return valueFault(`${op} needs a value, such as ${slot.type === 'bool' ? 'true' : '1'}.`);
  }
  const value = parseExpression(written ?? '1', layout, numberForSure(slot));
  if (isFaulty(value)) return { field: 'value', problems: value };
  const amount = evaluator(value) as (memory: Memory) => number;
  if (op === 'set') return { effect, slot, value, next: amount };
  const sign = op === 'add' || op === 'give' ? 1 : -1;
  return {
    effect,
    slot,
    value,
    next: (memory) => (memory[index] as number) + sign * amount(memory),
  };
}

/** A whole-number slot takes any number, and keeps its whole part. */
const numberForSure = ({ type }: Slot) => (type === 'int' ? 'number' : type);

const targetFault = (message: string): EffectFault => ({
  field: 'target',
  problems: [{ message, line: 1, column: 1 }],
});

const valueFault = (message: string): EffectFault => ({
  field: 'value',
  problems: [{ message, line: 1, column: 1 }],
});

function unknown(
  kind: SlotKind,
  name: string,
  layout: Layout,
  kinds: readonly SlotKind[] = [kind],
): string {
  const known = kinds.flatMap((each) => [...layout.all(each).keys()]);
  return `There is no ${kinds.join(' or ')} ${name}.${didYouMean(name, known)}`;
}
