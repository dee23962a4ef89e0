import { describe, expect, it } from '@jest/globals';
import { evaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import type { StoryDefinition } from '../../../src/engine/core/definition.js';
import { attemptsLeft } from '../../../src/engine/core/machine.js';
import {
  choose,
  isRejection,
  start,
  type PlayState,
  type Rejection,
  type Step,
} from '../../../src/engine/core/play.js';
import { seededRandom } from '../../../src/engine/core/random.js';
import { readMemory, stateProblems } from '../../../src/engine/core/state.js';
import { compile, type CompiledStory } from '../../../src/engine/core/story.js';
import { celContext, celSource } from '../../support/cel-context.js';
import { provableStory } from '../../support/provable-arbitrary.js';

const RUNS = { numRuns: 300 };

/** What a reader does on each step: which choice, by a number modulo their count, and whether the answer is right. */
const doings = fc.array(fc.record({ pick: fc.nat({ max: 20 }), isRight: fc.boolean() }), {
  maxLength: 30,
});
interface Doing {
  readonly pick: number;
  readonly isRight: boolean;
}

const beginnings = (story: CompiledStory): Step[] =>
  (story.schema.protagonists ?? [{ key: undefined }]).flatMap(({ key }) => {
    const begun = start(story, { now: 0, ...(key !== undefined && { protagonist: key }) });
    return isRejection(begun) ? [] : [begun];
  });

function attempt(story: CompiledStory, state: PlayState, { pick, isRight }: Doing, step: number) {
  const { choices } = story.nodes[story.indexOfNode.get(state.node)!]!;
  return choose(story, state, choices[pick % Math.max(1, choices.length)]?.id ?? 0, {
    now: step,
    random: seededRandom(`dice:${step}`),
    answer: isRight ? 'moon' : 'sun',
  });
}

/** Every step of a play, the start first; what is refused is left out. */
function play(story: CompiledStory, begun: Step, doing: readonly Doing[]): Step[] {
  const steps = [begun];
  doing.forEach((each, i) => {
    const result = attempt(story, steps.at(-1)!.state, each, i);
    if (!isRejection(result)) steps.push(result);
  });
  return steps;
}

const throughJson = (state: PlayState) => JSON.parse(JSON.stringify(state)) as PlayState;

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** Whether a choice may be made, by the library's own evaluator and what the story says. */
function mayBeMade(
  definition: StoryDefinition,
  story: CompiledStory,
  state: PlayState,
  id: number,
) {
  const node = definition.nodes.find((each) => each.id === state.node)!;
  const choice = node.choices.find((each) => each.id === id);
  if (node.type === 'ending' || choice === undefined) return false;
  const isOpen =
    choice.condition === undefined ||
    evaluate(celSource(choice.condition), celContext(definition, state)) === true;
  const index = story.choices.findIndex((each) => each.id === id);
  return isOpen && attemptsLeft(story, readMemory(story, state), index) !== 0;
}

describe('a story with rules', () => {
  it('is played again to the same steps from the same seed, also from states kept as JSON', () => {
    fc.assert(
      fc.property(provableStory, doings, (definition, doing) => {
        const [one, other] = [compile(definition), compile(structuredClone(definition))];
        for (const begun of beginnings(one)) {
          const first = play(one, begun, doing).map(({ state }) => state);
          expect(play(other, begun, doing).map(({ state }) => state)).toEqual(first);
          first.forEach((state, i) => {
            const next = doing[i] ?? { pick: 0, isRight: true };
            expect(attempt(other, throughJson(state), next, i)).toEqual(
              attempt(one, state, next, i),
            );
          });
        }
      }),
      RUNS,
    );
  });

  it('lets a choice be made exactly where it may be, and changes nothing where it may not', () => {
    let refused = 0;
    let made = 0;
    fc.assert(
      fc.property(provableStory, doings, (definition, doing) => {
        const story = compile(definition);
        const ids = [...story.choices.map(({ id }) => id), 99_999];
        for (const begun of beginnings(story)) {
          for (const { state } of play(story, begun, doing.slice(0, 8))) {
            const before = frozen(throughJson(state));
            for (const id of ids) {
              const result: Step | Rejection = choose(story, before, id, {
                now: 0,
                random: seededRandom('x'),
                answer: 'moon',
              });
              expect([id, !isRejection(result)]).toEqual([
                id,
                mayBeMade(definition, story, state, id),
              ]);
              if (isRejection(result)) refused += 1;
              else made += 1;
            }
            expect(before).toEqual(throughJson(state));
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(Math.min(refused, made)).toBeGreaterThan(100);
  });

  it('never breaks a bound that it declares, and only comes to states that are its own', () => {
    fc.assert(
      fc.property(provableStory, doings, (definition, doing) => {
        const story = compile(definition);
        for (const begun of beginnings(story)) {
          for (const { state } of play(story, begun, doing)) {
            expect(stateProblems(story, throughJson(state))).toEqual([]);
            const { gold, fame } = state.variables as { gold: number; fame: number };
            expect(gold >= 0 && gold <= 6 && Number.isInteger(gold) && Number.isInteger(fame)).toBe(
              true,
            );
            expect(state.stats!.health! >= 0 && state.stats!.health! <= 3).toBe(true);
            expect(state.inventory!.lamp ?? 0).toBeLessThanOrEqual(2);
          }
        }
      }),
      RUNS,
    );
  });

  it.each<[string, (state: PlayState) => unknown]>([
    [
      'a value out of bounds',
      (state) => ({ ...state, variables: { ...state.variables, gold: 7 } }),
    ],
    [
      'a fraction of a whole number',
      (state) => ({ ...state, variables: { ...state.variables, fame: 0.5 } }),
    ],
    [
      'a value of another type',
      (state) => ({ ...state, variables: { ...state.variables, shut: 'no' } }),
    ],
    [
      'a variable that is not there',
      (state) => ({ ...state, variables: { ...state.variables, golf: 1 } }),
    ],
    ['variables that are a list', (state) => ({ ...state, variables: [1] })],
    ['more than can be carried', (state) => ({ ...state, inventory: { lamp: 3 } })],
    ['an artifact that is not there', (state) => ({ ...state, artifacts: ['crown', 'orb'] })],
    ['an artifact that is a list of one', (state) => ({ ...state, artifacts: [['crown']] })],
    ['a node that is not there', (state) => ({ ...state, node: 99 })],
    ['no node', ({ node: _, ...state }) => state],
    ['turns before the first', (state) => ({ ...state, turn: -1 })],
    ['a protagonist who is not there', (state) => ({ ...state, protagonist: 'dragon' })],
    ['a field that is not there', (state) => ({ ...state, cheat: true })],
    ['visits to a node that is not there', (state) => ({ ...state, visits: { 99: 1 } })],
    ['visits before the first', (state) => ({ ...state, visits: { 1: -1 } })],
    ['attempts that are a text', (state) => ({ ...state, attempts: { 101: 'none' } })],
    ['a time that is none', (state) => ({ ...state, enteredAt: 'now' })],
    ['no state at all', () => null],
  ])('refuses a state with %s', (_, tamper) => {
    fc.assert(
      fc.property(provableStory, (definition) => {
        const story = compile(definition);
        for (const { state } of beginnings(story))
          expect(stateProblems(story, tamper(state))).not.toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
