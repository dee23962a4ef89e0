import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/engine/core/story.js';
import { offersAt } from '../../src/engine/core/offer.js';
import { choose, deadlineOf, isRejection, start, type Step } from '../../src/engine/core/play.js';
import { readMemory } from '../../src/engine/core/state.js';
import { choiceOf, nodeOf, storyOf, withNode } from '../support/definitions.js';

const story = storyOf({ start: ['left', 'end'], left: ['end'], end: [] });
const graph = compile(story);

function played(path: readonly [from: string, to: string][], over = graph): Step {
  const begun = start(over);
  if (isRejection(begun)) throw new Error(begun.rejected);
  return path.reduce<Step>((step, [from, to]) => {
    const next = choose(over, step.state, choiceOf(story, from, to).id);
    if (isRejection(next)) throw new Error(next.rejected);
    return next;
  }, begun);
}

describe('an ending', () => {
  it('ends the playthrough when it is entered', () => {
    const { state, events } = played([
      ['start', 'left'],
      ['left', 'end'],
    ]);
    expect(state).toEqual({ node: nodeOf(story, 'end').id, turn: 2 });
    expect(events.at(-1)).toEqual({ type: 'ended', node: nodeOf(story, 'end').id });
  });

  it.each(['good', 'neutral', 'bad', 'secret', null] as const)(
    'ends alike whatever its kind: %s',
    (endingKind) => {
      const step = played([['start', 'end']], compile(withNode(story, 'end', { endingKind })));
      expect(step).toEqual({
        state: { node: nodeOf(story, 'end').id, turn: 1 },
        events: [
          { type: 'entered', node: nodeOf(story, 'end').id },
          { type: 'ended', node: nodeOf(story, 'end').id },
        ],
      });
    },
  );

  it('is what no other node is: nothing else ends', () => {
    expect(played([]).events).not.toContainEqual(expect.objectContaining({ type: 'ended' }));
    expect(played([['start', 'left']]).events).not.toContainEqual(
      expect.objectContaining({ type: 'ended' }),
    );
  });

  it('offers nothing, whatever choices it has left over, and waits for none', () => {
    const [again] = nodeOf(story, 'left').choices;
    const left = compile(withNode(story, 'end', { choices: [{ ...again!, after: 5 }] }));
    const { state } = played([['start', 'end']], left);
    const index = left.indexOfNode.get(state.node)!;
    expect(offersAt(left, readMemory(left, state), index)).toEqual([]);
    expect(deadlineOf(left, { ...state, enteredAt: 1 })).toBeUndefined();
  });

  it('is so by its type, not by having no choices', () => {
    const stuck = played([['start', 'end']], compile(withNode(story, 'end', { type: 'story' })));
    expect(stuck.events).toEqual([{ type: 'entered', node: nodeOf(story, 'end').id }]);
  });
});
