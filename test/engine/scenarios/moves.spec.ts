import { describe, expect, it } from '@jest/globals';
import type { StorySchema } from '../../../src/engine/core/definition.js';
import { Passage, type Moved } from '../../../src/engine/core/move.js';
import { choose } from '../../../src/engine/core/play.js';
import { nameOfSlot } from '../../../src/engine/core/slot-names.js';
import { stateProblems } from '../../../src/engine/core/state.js';
import { compile } from '../../../src/engine/core/story.js';
import { Scenario } from '../../support/scenario.js';
import { writtenStory, type WrittenNode } from '../../support/written-story.js';

type Nodes = Readonly<Record<string, WrittenNode>>;

const NODES: Nodes = {
  hall: { choices: [{ to: 'yard' }] },
  yard: { effects: [{ op: 'add', target: 'gold', value: '5' }], choices: [{ to: 'end' }] },
  end: 'ending',
};
const SCHEMA: StorySchema = {
  variables: [
    { name: 'gold', type: 'int', initial: 1 },
    { name: 'mood', type: 'string', initial: 'calm' },
  ],
};

/** A reader in the yard of one version, moved to another. */
function moved(nodes: Nodes, schema: StorySchema = SCHEMA) {
  const play = new Scenario(NODES, SCHEMA).choose('A');
  const to = compile(writtenStory(nodes, schema));
  const outcome = new Passage(play.story, to).move(play.state);
  if (typeof outcome === 'string') return outcome;
  expect(stateProblems(to, outcome.state)).toEqual([]);
  const lost = outcome.lost.map((slot) => nameOfSlot(play.story, slot));
  return { variables: outcome.state.variables, lost };
}

describe('a move to another version', () => {
  const gold = (changes: object): StorySchema => ({
    variables: [{ name: 'gold', type: 'int', initial: 1, ...changes }, SCHEMA.variables![1]!],
  });

  it.each<[string, StorySchema, object, string[]]>([
    ['keeps what is declared alike', SCHEMA, { gold: 6, mood: 'calm' }, []],
    ['stays within new bounds', gold({ max: 4 }), { gold: 4, mood: 'calm' }, []],
    ['takes whole numbers for any', gold({ type: 'number' }), { gold: 6, mood: 'calm' }, []],
    [
      'begins anew where the type is another',
      gold({ type: 'bool', initial: true }),
      { gold: true, mood: 'calm' },
      ['gold'],
    ],
    [
      'gives what is new its first value',
      { variables: [...SCHEMA.variables!, { name: 'luck', type: 'int', initial: 7 }] },
      { gold: 6, mood: 'calm', luck: 7 },
      [],
    ],
    ['tells what is lost', { variables: [SCHEMA.variables![1]!] }, { mood: 'calm' }, ['gold']],
    ['is silent of what no play has touched', gold({}), { gold: 6, mood: 'calm' }, []],
  ])('%s', (_, schema, variables, lost) => {
    const isGone = !schema.variables!.some(({ name }) => name === 'gold');
    const nodes =
      isGone || schema.variables![0]!.type === 'bool'
        ? { ...NODES, yard: { choices: [{ to: 'end' }] } }
        : NODES;
    expect(moved(nodes, schema)).toEqual({ variables, lost });
  });

  it('is refused where the reader’s node has become an ending', () => {
    expect(moved({ ...NODES, yard: 'ending' })).toBe('node-ends');
  });

  it('is refused where it would leave no way on', () => {
    const shut = { choices: [{ to: 'end', condition: 'gold > 50' }] };
    expect(moved({ ...NODES, yard: shut })).toBe('stuck');
  });

  it('is refused where the node is gone', () => {
    expect(moved({ hall: { choices: [{ to: 'hall' }] } })).toBe('node-gone');
  });

  it('is refused once the story has ended', () => {
    const play = new Scenario(NODES, SCHEMA).choose('A').choose('A');
    expect(new Passage(play.story, play.story).move(play.state)).toBe('ended');
  });

  it('is refused where the protagonist is gone, and gives others what is new for them', () => {
    const protagonists = [{ key: 'cat', name: 'Cat', variables: { luck: 9 } }];
    const played: StorySchema = { ...SCHEMA, protagonists: [{ key: 'cat', name: 'Cat' }] };
    const play = new Scenario(NODES, played, 'cat').choose('A');
    expect(new Passage(play.story, compile(writtenStory(NODES, SCHEMA))).move(play.state)).toBe(
      'protagonist-gone',
    );
    const luck = { name: 'luck', type: 'int' as const, initial: 0 };
    const to = compile(
      writtenStory(NODES, { variables: [...SCHEMA.variables!, luck], protagonists }),
    );
    expect(new Passage(play.story, to).move(play.state)).toMatchObject({
      state: { protagonist: 'cat', variables: { gold: 6, luck: 9 } },
    });
  });

  it('starts the clock of a timed node anew', () => {
    const play = new Scenario(NODES, SCHEMA).choose('A');
    const timed = { ...NODES, yard: { choices: [{ to: 'end', after: 30 }] } };
    const to = compile(writtenStory(timed, SCHEMA));
    expect(new Passage(play.story, to).move(play.state, { now: 5000 })).toMatchObject({
      state: { enteredAt: 5000 },
    });
  });

  it('is refused where every way leads away from the endings', () => {
    const trap = {
      ...NODES,
      yard: { choices: [{ to: 'cave' }] },
      cave: { choices: [{ to: 'cave' }, { to: 'end', condition: 'gold > 50' }] },
    };
    expect(moved(trap)).toBe('stuck');
    const slope = {
      ...trap,
      cave: {
        choices: [
          { to: 'cave', effects: [{ op: 'add' as const, target: 'gold', value: '20' }] },
          { to: 'end', condition: 'gold > 50' },
        ],
      },
    };
    expect(moved(slope)).toMatchObject({ lost: [] });
  });

  it('takes nothing from those who are stuck already', () => {
    const shut = { ...NODES, yard: { choices: [{ to: 'end', condition: 'gold > 50' }] } };
    const play = new Scenario(shut, SCHEMA).choose('A');
    const to = compile(
      writtenStory({ ...shut, hall: { choices: [{ to: 'yard' }, { to: 'end' }] } }, SCHEMA),
    );
    const way = new Passage(play.story, to);
    expect(way.move(play.state)).toMatchObject({ state: { node: 2 } });
    // One who is sent on to the hall is rescued.
    expect(way.move(play.state, { replacements: new Map([[2, 1]]) })).toMatchObject({
      state: { node: 1 },
    });
  });

  describe('to a replacement of the node', () => {
    const gone: Nodes = {
      hall: { effects: [{ op: 'add', target: 'gold', value: '9' }], choices: [{ to: 'end' }] },
      end: 'ending',
    };
    const play = new Scenario(
      { hall: NODES.hall!, end: 'ending', yard: NODES.yard! },
      SCHEMA,
    ).choose('A');
    const sentTo = (nodes: Nodes, to: number) =>
      new Passage(play.story, compile(writtenStory(nodes, SCHEMA))).move(play.state, {
        replacements: new Map([[3, to]]),
      });

    it('keeps what the reader has, without what entering it brings', () => {
      expect(sentTo(gone, 1)).toEqual({
        state: { node: 1, turn: 1, variables: { gold: 6, mood: 'calm' } },
        lost: [],
      });
    });

    it('is made only by those who cannot go on at their own', () => {
      expect(sentTo({ ...gone, yard: NODES.yard! }, 1)).toMatchObject({ state: { node: 3 } });
    });

    it.each<[string, Nodes, number]>([
      ['node-ends', gone, 2],
      ['node-gone', gone, 7],
      ['stuck', { ...gone, hall: { choices: [{ to: 'end', condition: 'gold > 50' }] } }, 1],
    ])('is refused with %s', (obstacle, nodes, to) => {
      expect(sentTo(nodes, to)).toBe(obstacle);
    });
  });

  it('counts no more attempts at a puzzle than it allows now', () => {
    const riddle = (attempts: number): Nodes => ({
      hall: {
        choices: [
          { to: 'end', puzzle: { kind: 'text', answers: ['echo'], attempts } },
          { to: 'end' },
        ],
      },
      end: 'ending',
    });
    const play = new Scenario(riddle(5))
      .choose('A', { answer: 'wind' })
      .choose('A', { answer: 'rain' });
    const to = compile(writtenStory(riddle(1)));
    const outcome = new Passage(play.story, to).move(play.state);
    expect(outcome).toMatchObject({ state: { attempts: { 101: 1 } } });
    expect(choose(to, (outcome as Moved).state, 101, { answer: 'echo' })).toEqual({
      rejected: 'locked',
      why: 'attempts',
    });
  });
});
