import { describe, expect, it } from '@jest/globals';
import type { StoryDefinition } from '../../../src/engine/core/definition.js';
import { proofFindings, type ProofFindingCode } from '../../../src/engine/core/prover/findings.js';
import { prove } from '../../../src/engine/core/prover/prove.js';
import { follow } from '../../../src/engine/core/prover/witness.js';
import { compile } from '../../../src/engine/core/story.js';
import { validate } from '../../../src/engine/core/validate.js';
import type { RuleFindingCode } from '../../../src/engine/core/validate-rules.js';
import { writtenStory } from '../../support/written-story.js';
import { faultsOfChance } from './faults-of-chance.js';
import { faultsOfDeclarations } from './faults-of-declarations.js';
import { faultsOfState } from './faults-of-state.js';

const plantedFaults = [...faultsOfState, ...faultsOfChance, ...faultsOfDeclarations];

/** Everything that the validator and the prover find, each with its place. */
function found(definition: StoryDefinition): string[] {
  const story = compile(definition);
  return [...validate(story), ...proofFindings(story, prove(story))].map(
    ({ code, node, choice }) =>
      code + (node ? `@${node.key}` : '') + (choice ? `/${choice.letter}` : ''),
  );
}

it('plants at least 25 faults, each by a name of its own', () => {
  expect(new Set(plantedFaults.map(({ name }) => name)).size).toBe(plantedFaults.length);
  expect(plantedFaults.length).toBeGreaterThanOrEqual(25);
});

it('plants every fault of rules and of logic that there is', () => {
  const planted = new Set(plantedFaults.flatMap(({ finds }) => finds.map((f) => f.split('@')[0])));
  const all: Readonly<Record<RuleFindingCode | ProofFindingCode, true>> = {
    FAULTY_DECLARATION: true,
    DUPLICATE_DECLARATION: true,
    UNUSED_DECLARATION: true,
    FAULTY_RULE: true,
    UNKNOWN_ENDING: true,
    MISSING_FAIL_TARGET: true,
    CHECK_AND_PUZZLE: true,
    PUZZLE_WITHOUT_ANSWER: true,
    TIMED_PUZZLE: true,
    SEVERAL_TIMED_CHOICES: true,
    SOFT_LOCK: true,
    TRAP: true,
    NEVER_REACHED: true,
    CONDITION_NEVER_TRUE: true,
    CONDITION_ALWAYS_TRUE: true,
    CHECK_NEVER_SUCCEEDS: true,
    CHECK_NEVER_FAILS: true,
    NEVER_COLLECTED: true,
    WRITTEN_NEVER_READ: true,
  };
  expect([...planted].sort()).toEqual(Object.keys(all).sort());
});

describe.each(plantedFaults)('$name', ({ schema, repairedSchema, faulty, repaired, finds }) => {
  it('is found, and nothing else', () => {
    expect(found(writtenStory(faulty, schema)).sort()).toEqual([...finds].sort());
  });

  it('is not found in the repaired story, nor is anything else', () => {
    expect(found(writtenStory(repaired, repairedSchema ?? schema))).toEqual([]);
  });

  it('leaves nothing unknown, and every soft-lock can be played', () => {
    const story = compile(writtenStory(faulty, schema));
    const proof = prove(story);
    expect(proof.isComplete).toBe(true);
    for (const { node, witness } of proof.softLocks)
      expect(follow(story, witness)?.node).toBe(node);
  });
});

it.each([
  [0, 'start', /^Readers stand there from the start: add a choice/],
  [1, 'one', /^Play the step that leads there, and add a choice/],
  [2, 'two', /^Play the 2 steps that lead there, and add a choice/],
])('tells how to come to a reader who is stuck after %i steps', (_, at, fix) => {
  const closed = (key: string) => (key === at ? { condition: 'false' } : {});
  const story = compile(
    writtenStory({
      start: { choices: [{ to: 'one', ...closed('start') }] },
      one: { choices: [{ to: 'two', ...closed('one') }] },
      two: { choices: [{ to: 'end', ...closed('two') }] },
      end: 'ending',
    }),
  );
  const lock = proofFindings(story, prove(story)).find(({ code }) => code === 'SOFT_LOCK');
  expect(lock).toMatchObject({ node: { key: at }, fix: expect.stringMatching(fix) });
});
