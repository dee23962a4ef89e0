import { describe, expect, it } from '@jest/globals';
import type { StorySchema } from '../../../src/engine/core/definition.js';
import { move } from '../../../src/engine/core/move.js';
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
  const outcome = move(play.story, to, play.state);
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
    expect(move(play.story, play.story, play.state)).toBe('ended');
  });

  it('is refused where the protagonist is gone, and gives others what is new for them', () => {
    const protagonists = [{ key: 'cat', name: 'Cat', variables: { luck: 9 } }];
    const played: StorySchema = { ...SCHEMA, protagonists: [{ key: 'cat', name: 'Cat' }] };
    const play = new Scenario(NODES, played, 'cat').choose('A');
    expect(move(play.story, compile(writtenStory(NODES, SCHEMA)), play.state)).toBe(
      'protagonist-gone',
    );
    const luck = { name: 'luck', type: 'int' as const, initial: 0 };
    const to = compile(
      writtenStory(NODES, { variables: [...SCHEMA.variables!, luck], protagonists }),
    );
    expect(move(play.story, to, play.state)).toMatchObject({
      state: { protagonist: 'cat', variables: { gold: 6, luck: 9 } },
    });
  });

  it('starts the clock of a timed node anew', () => {
    const play = new Scenario(NODES, SCHEMA).choose('A');
    const timed = { ...NODES, yard: { choices: [{ to: 'end', after: 30 }] } };
    const to = compile(writtenStory(timed, SCHEMA));
    expect(move(play.story, to, play.state, 5000)).toMatchObject({ state: { enteredAt: 5000 } });
  });
});
