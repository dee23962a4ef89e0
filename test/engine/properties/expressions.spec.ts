import { describe, expect, it } from '@jest/globals';
import { evaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import type { StorySchema, Value, ValueType } from '../../../src/engine/core/definition.js';
import { evaluator } from '../../../src/engine/core/expressions/evaluate.js';
import { LONGEST_EXPRESSION } from '../../../src/engine/core/expressions/expression.js';
import { parseExpression } from '../../../src/engine/core/expressions/parse.js';
import { isFaulty } from '../../../src/engine/core/expressions/problem.js';
import { readMemory, type PlayState } from '../../../src/engine/core/state.js';
import { compile } from '../../../src/engine/core/story.js';
import { celContext, celSource } from '../../support/cel-context.js';
import { storyOf } from '../../support/definitions.js';

const SCHEMA: StorySchema = {
  variables: [
    { name: 'gold', type: 'int', initial: 1 },
    { name: 'debt', type: 'int', initial: 0 },
    { name: 'ratio', type: 'number', initial: 0.5 },
    { name: 'shut', type: 'bool', initial: false },
    { name: 'mood', type: 'string', initial: 'calm' },
  ],
  items: [{ key: 'lamp', name: 'Lamp' }],
  stats: [{ key: 'health', name: 'Health', initial: 2 }],
  artifacts: [{ key: 'crown', name: 'Crown' }],
};
const definition = { ...storyOf({ hall: ['end'], end: [] }), schema: SCHEMA };
const story = compile(definition);

const states: fc.Arbitrary<PlayState> = fc
  .record({
    gold: fc.integer({ min: -9, max: 9 }),
    debt: fc.integer({ min: -3, max: 3 }),
    ratio: fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 8),
    shut: fc.boolean(),
    mood: fc.constantFrom('calm', 'angry', 'cal', ''),
    lamp: fc.nat({ max: 2 }),
    health: fc.integer({ min: -2, max: 4 }).map((halves) => halves / 2),
    crown: fc.boolean(),
    turn: fc.nat({ max: 5 }),
  })
  .map(({ lamp, health, crown, turn, ...variables }) => ({
    node: 1,
    turn,
    variables,
    stats: { health },
    inventory: { lamp },
    artifacts: crown ? ['crown'] : [],
  }));

const binary = (op: readonly string[], side: fc.Arbitrary<string>) =>
  fc.tuple(side, fc.constantFrom(...op), side).map((parts) => `(${parts.join(' ')})`);

/** Lists in which plain CEL sees one type: of literals alone, or of variables alone. */
const lists = fc.oneof(
  ...[
    ['0', '2', '7'],
    ['gold', 'debt', 'turn'],
  ].map((entries) => fc.array(fc.constantFrom(...entries), { maxLength: 3 })),
);

/** Well-typed expressions of each type. Arithmetic does not mix whole numbers with others, as plain CEL cannot. */
const expressions = fc.letrec<Record<'int' | 'number' | 'string' | 'bool', string>>((tie) => ({
  int: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('gold', 'debt', 'inventory.lamp', 'turn', '0', '2', '7'),
    binary(['+', '-', '*', '/', '%'], tie('int')),
    tie('int').map((of) => `-(${of})`),
    fc.tuple(tie('bool'), tie('int'), tie('int')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('ratio', 'stats.health', '0.5', '3.0'),
    binary(['+', '-', '*'], tie('number')),
    tie('number').map((of) => `-(${of})`),
  ),
  string: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('mood', '"calm"', '"al"'),
    binary(['+'], tie('string')),
  ),
  bool: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('shut', 'true', '"lamp" in inventory', '"crown" in artifacts'),
    binary(['&&', '||'], tie('bool')),
    tie('bool').map((of) => `!(${of})`),
    binary(['==', '!=', '<', '<=', '>', '>='], tie('int')),
    binary(['==', '!=', '<', '<=', '>', '>='], tie('number')),
    fc
      .tuple(tie('int'), fc.constantFrom('<', '>='), tie('number'))
      .map((parts) => `(${parts.join(' ')})`),
    binary(['==', '!=', '<', '>='], tie('string')),
    fc
      .tuple(tie('string'), fc.constantFrom('contains', 'startsWith', 'endsWith'), tie('string'))
      .map(([of, name, arg]) => `${of}.${name}(${arg})`),
    fc.tuple(tie('int'), lists).map(([of, list]) => `(${of} in [${list.join(', ')}])`),
  ),
}));

const JS_TYPE = { int: 'number', number: 'number', bool: 'boolean', string: 'string' } as const;

function value(source: string, state: PlayState, type?: ValueType): Value {
  const parsed = parseExpression(source, story.layout, type);
  if (isFaulty(parsed)) throw new Error(`${source}: ${parsed[0]!.message}`);
  return evaluator(parsed)(readMemory(story, state));
}

describe('an expression', () => {
  it.each(['int', 'number', 'string', 'bool'] as const)(
    'of type %s comes out as the CEL library has it',
    (type) => {
      let compared = 0;
      fc.assert(
        fc.property(expressions[type], states, (source, state) => {
          if (source.length > LONGEST_EXPRESSION) return;
          const ours = value(source, state, type);
          expect(typeof ours).toBe(JS_TYPE[type]);
          let theirs: unknown;
          try {
            theirs = evaluate(celSource(source), celContext(definition, state));
          } catch (error) {
            // What CEL makes an error has an answer here: see evaluate.ts.
            expect((error as Error).message).toMatch(/by zero|overflow/);
            return;
          }
          compared += 1;
          expect([source, ours === 0 ? 0 : ours]).toEqual([
            source,
            type === 'int' ? Number(theirs) : theirs === 0 ? 0 : theirs,
          ]);
        }),
        { numRuns: 1500 },
      );
      expect(compared).toBeGreaterThan(1000);
    },
  );

  it('mixes whole numbers with others, which plain CEL does not', () => {
    const state: PlayState = { node: 1, turn: 0, variables: { gold: 3, ratio: 0.5 } };
    expect(value('gold + 5', state)).toBe(8);
    expect(value('gold + ratio', state)).toBe(3.5);
    expect(value('gold / 2', state)).toBe(1);
    expect(value('gold / 2.0', state)).toBe(1.5);
    expect(value('gold >= 3.5', state)).toBe(false);
    expect(value('7 / (gold - 3)', state)).toBe(0);
    expect(value('7 % (gold - 3)', state)).toBe(0);
  });
});

const HOSTILE = [
  'constructor',
  '__proto__',
  'toString',
  'gold.constructor',
  'gold.__proto__.x',
  'inventory.constructor',
  'inventory["__proto__"]',
  'visits.toString',
  'stats["constructor"]',
  'this',
  'globalThis',
  'process.env',
  '[1,2,3].map(x, x * 2)',
  '[1].exists(x, true)',
  'mood.matches("(a+)+$")',
  'size(mood)',
  'int("5")',
  'timestamp("2020-01-01T00:00:00Z")',
  'type(gold)',
  '{"a": 1}',
  '[1]',
  'null',
  'gold ? 1 : 2',
  '1 +',
  '"open',
  "'''",
  'gold = 5',
  'gold; shut',
  '\u0000',
  '"\u0000"',
  '"\\u0000"',
  '"\ud800"',
  '😀',
  '((((',
  '))))',
  '!!!!shut == 1',
  'b"bytes"',
  '1u + gold',
  '99999999999999999999',
  '1e999',
  'gold.gold.gold',
  'shut && (',
  '// comment',
  'true ? : 1',
  'has(inventory.lamp)',
];

describe('a hostile expression', () => {
  const PIECES = [
    ...HOSTILE.flatMap((source) => source.split(/(?=[^\w])/)),
    ...['gold', 'shut', '&&', '||', '(', ')', '==', '-', '!', '?', ':', ' ', '\n', '"', '1', '.5'],
  ];
  const SOON = 300;

  /** @returns whether it is taken; either way soon, and with a value of its type */
  function tried(source: string): boolean {
    const since = performance.now();
    const parsed = parseExpression(source, story.layout);
    const isTaken = !isFaulty(parsed);
    if (isTaken) {
      const result = evaluator(parsed)(readMemory(story, { node: 1, turn: 0 }));
      expect(typeof result).toBe(JS_TYPE[parsed.type]);
    } else {
      expect(parsed.length).toBeGreaterThan(0);
      for (const { message, line, column } of parsed) {
        expect(message).not.toBe('');
        expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      }
    }
    expect(performance.now() - since).toBeLessThan(SOON);
    return isTaken;
  }

  it.each(HOSTILE)('is refused: %s', (source) => {
    expect(tried(source)).toBe(false);
  });

  it.each([
    ['too long', 'gold > 0 && '.repeat(10_000)],
    ['too deep', `${'('.repeat(400)}gold${')'.repeat(400)} > 0`],
    ['a hundred thousand characters', 'x'.repeat(100_000)],
  ])('is refused for being %s', (_, source) => {
    expect(tried(source)).toBe(false);
  });

  it.each([
    ['of many parts', `shut${' && shut'.repeat(120)}`],
    ['of many operators', `${'!'.repeat(900)}shut`],
    ['of many sums', `gold${'+1'.repeat(120)} > 0`],
    ['within brackets', `${'('.repeat(100)}shut${')'.repeat(100)}`],
  ])('is taken when it is %s', (_, source) => {
    expect(tried(source)).toBe(true);
  });

  it.each([
    ['a long name', `k${'9'.repeat(30)}`, ''],
    ['a very long name', 'q'.repeat(980), ''],
    ['a name that is nearly one of them', 'kk1234', ' Did you mean k1234?'],
  ])('with %s is soon compared with all names of a large story', (_, name, like) => {
    const keys = Array.from({ length: 10_000 }, (_, i) => `k${i}`);
    const { layout } = compile(storyOf(Object.fromEntries(keys.map((key) => [key, []]))));
    const since = performance.now();
    expect(parseExpression(`visits["${name}"] > 0`, layout)).toEqual([
      { message: `There is no node ${name}.${like}`, line: 1, column: expect.any(Number) },
    ]);
    expect(performance.now() - since).toBeLessThan(SOON);
  });

  it('is taken soon though lists lie within lists', () => {
    const nested = Array.from({ length: 40 }).reduce<string>(
      (of) => `(${of}) in [shut, true]`,
      'gold in [1, 2]',
    );
    expect(tried(nested)).toBe(true);
  });

  it('neither throws, nor takes long, nor reaches anything but the state', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }), (pieces) => {
        tried(pieces.join(''));
      }),
      { numRuns: 3000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
