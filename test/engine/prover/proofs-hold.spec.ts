import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Memory } from '../../../src/engine/core/expressions/evaluate.js';
import { closed, enter, initialMemory, take } from '../../../src/engine/core/machine.js';
import { choose, isRejection, start } from '../../../src/engine/core/play.js';
import { prove, type Proof, type Verdict } from '../../../src/engine/core/prover/prove.js';
import { follow, type Witness } from '../../../src/engine/core/prover/witness.js';
import { rollDice, seededRandom, sumOf, type Random } from '../../../src/engine/core/random.js';
import { compile, startOf, type CompiledStory } from '../../../src/engine/core/story.js';
import { provableStory } from '../../support/provable-arbitrary.js';

const PLAYS = 10_000;
const STORIES = 300;
const MOST_STEPS = 40;
const MOST_STATES = 5000;

/** What random plays of a story came to. */
class Played {
  readonly nodes: Uint8Array;
  readonly choices: Uint8Array;
  readonly open: Uint8Array;
  readonly shut: Uint8Array;
  stranded = 0;

  constructor(readonly story: CompiledStory) {
    this.nodes = new Uint8Array(story.nodes.length);
    this.choices = new Uint8Array(story.choices.length);
    this.open = new Uint8Array(story.choices.length);
    this.shut = new Uint8Array(story.choices.length);
  }

  /** Plays once, with real dice, and answers to puzzles that are right half of the time. */
  play(protagonist: string | undefined, random: Random): void {
    const { story } = this;
    const memory = initialMemory(story, protagonist);
    let node = enter(story, memory, startOf(story, protagonist));
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      this.nodes[node] = 1;
      if (story.nodes[node]!.type === 'ending') return;
      const open = this.#openAt(node, memory);
      if (open.length === 0) {
        this.stranded += 1;
        return;
      }
      const choice = open[Math.floor(random() * open.length)]!;
      this.choices[choice] = 1;
      const { check } = story.rules[choice]!;
      const resolution = check ? sumOf(rollDice(check.dice, random)) : Math.floor(random() * 2);
      node = take(story, memory, choice, resolution);
    }
  }

  #openAt(node: number, memory: Memory): number[] {
    const { story } = this;
    const open: number[] = [];
    for (let choice = story.firstChoice[node]!; choice < story.firstChoice[node + 1]!; choice++) {
      const why = closed(story, memory, choice);
      if (why === undefined) open.push(choice);
      (why === 'condition' ? this.shut : this.open)[choice] = 1;
    }
    return open;
  }
}

function playOften(story: CompiledStory, plays: number): Played {
  const random = seededRandom('plays');
  const played = new Played(story);
  const whom = story.schema.protagonists?.map(({ key }) => key) ?? [undefined];
  for (let i = 0; i < plays; i++) played.play(whom[i % whom.length], random);
  return played;
}

/** Chance that gives the dice of a check this sum. */
function chanceOf(sum: number, { count, sides }: { count: number; sides: number }): Random {
  let left = sum - count;
  return () => {
    const more = Math.min(left, sides - 1);
    left -= more;
    return more / sides;
  };
}

/** Plays a witness as a reader would, by `start` and `choose` alone. @returns the id of the last node */
function playWitness(story: CompiledStory, { protagonist, steps }: Witness): number {
  let result = start(story, protagonist === undefined ? {} : { protagonist });
  for (const step of steps) {
    if (isRejection(result)) throw new Error(result.rejected);
    if ('set' in step) throw new Error('These stories have nothing to set.');
    const choice = story.choices.findIndex(({ id }) => id === step.choice);
    const { check } = story.rules[choice]!;
    result = choose(story, result.state, step.choice, {
      ...(check && { random: chanceOf(step.dice!, check.dice) }),
      ...(step.answer && { answer: step.answer === 'right' ? 'moon' : 'sun' }),
    });
  }
  if (isRejection(result)) throw new Error(result.rejected);
  return result.state.node;
}

const witnesses = (verdicts: readonly Verdict[]) =>
  verdicts.flatMap((verdict, index) =>
    verdict.status === 'reachable' ? [{ index, witness: verdict.witness }] : [],
  );

function expectWitnessesToArrive(story: CompiledStory, proof: Proof): void {
  for (const { index, witness } of witnesses(proof.nodes)) {
    expect(playWitness(story, witness)).toBe(story.nodes[index]!.id);
  }
  for (const { index, witness } of witnesses(proof.choices)) {
    playWitness(story, witness);
    expect(witness.steps.at(-1)).toMatchObject({ choice: story.choices[index]!.id });
  }
  for (const [slot, verdict] of proof.collectibles) {
    for (const { witness } of witnesses([verdict])) {
      playWitness(story, witness);
      expect(follow(story, witness)?.memory[slot.index]).toBe(true);
    }
  }
}

function expectSoftLocksToHold(story: CompiledStory, { softLocks }: Proof): void {
  for (const { node, kind, witness } of softLocks) {
    expect(playWitness(story, witness)).toBe(story.nodes[node]!.id);
    const { memory } = follow(story, witness)!;
    const [from, to] = [story.firstChoice[node]!, story.firstChoice[node + 1]!];
    const choices = Array.from({ length: to - from }, (_, place) => from + place);
    const open = choices.filter((choice) => closed(story, memory, choice) === undefined);
    expect(open.length === 0).toBe(kind === 'stuck');
  }
}

describe('what the prover says', () => {
  it(`holds: no soft-lock found means none in ${PLAYS.toLocaleString('en')} random plays, over ${STORIES} stories`, () => {
    let free = 0;
    let locked = 0;
    fc.assert(
      fc.property(provableStory, (definition) => {
        if (free >= STORIES) return;
        const story = compile(definition);
        const proof = prove(story, MOST_STATES);
        expectSoftLocksToHold(story, proof);
        if (!proof.isComplete) return;
        if (proof.softLocks.some(({ kind }) => kind === 'stuck')) {
          locked += 1;
          return;
        }
        free += 1;
        expect(playOften(story, PLAYS).stranded).toBe(0);
      }),
      { numRuns: 1500 },
    );
    expect(locked).toBeGreaterThan(10);
    expect(free).toBe(STORIES);
  }, 180_000);

  it('holds: every witness, played, arrives where it says', () => {
    fc.assert(
      fc.property(provableStory, (definition) => {
        const story = compile(definition);
        expectWitnessesToArrive(story, prove(story, MOST_STATES));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('holds: nothing that random plays come to is called unreachable, never true or always true', () => {
    fc.assert(
      fc.property(provableStory, (definition) => {
        const story = compile(definition);
        const proof = prove(story, MOST_STATES);
        const played = playOften(story, 300);
        proof.nodes.forEach(({ status }, node) => {
          if (played.nodes[node] === 1) expect(status).not.toBe('unreachable');
        });
        proof.choices.forEach(({ status }, choice) => {
          if (played.choices[choice] === 1) expect(status).not.toBe('unreachable');
        });
        for (const { choice, always } of proof.constantConditions) {
          expect((always ? played.shut : played.open)[choice]).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
