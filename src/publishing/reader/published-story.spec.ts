import { describe, expect, it } from '@jest/globals';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { PublishedStory } from './published-story.js';

/** A chain of nodes. */
const storyOf = (length: number): StoryDefinition => ({
  nodes: Array.from({ length }, (_, i) => ({
    ...{ id: i + 1, key: `n${i}`, title: `Node ${i}`, content: 'The harbour. '.repeat(10) },
    ...{ type: i === length - 1 ? 'ending' : 'choice', isStart: i === 0, endingKind: null },
    choices:
      i === length - 1
        ? []
        : [{ id: i + 1, to: i + 2, letter: 'A', text: 'On', consequences: null }],
  })),
});

/** Reads a story of so many nodes. @returns it, and how often others had a turn meanwhile */
async function read(length: number): Promise<{ story: PublishedStory; turns: number }> {
  const snapshot = JSON.stringify(storyOf(length));
  let [turns, isRead] = [0, false];
  const turn = () => {
    if (isRead) return;
    turns += 1;
    setImmediate(turn);
  };
  const reading = PublishedStory.from({ versionId: 1, storyId: 1, number: 1, snapshot }, () => '');
  setImmediate(turn);
  const story = await reading;
  isRead = true;
  return { story, turns };
}

describe('a published version', () => {
  it('has its nodes linked by their choices', async () => {
    const { story } = await read(3);
    const [first, second, last] = [1, 2, 3].map((id) => story.nodes.get(id));
    expect(first?.choices[0]?.toNode).toBe(second);
    expect(second?.choices[0]?.toNode).toBe(last);
    expect(last?.choices).toEqual([]);
  });

  it('lets others have turns while it is read, where it is large', async () => {
    expect((await read(10_000)).turns).toBeGreaterThanOrEqual(20);
    expect((await read(100)).turns).toBe(0);
  });
});
