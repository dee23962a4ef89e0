import { describe, expect, it } from '@jest/globals';
import type { StoryDefinition } from '../../engine/core/definition.js';
import type { DraftContent } from '../../nodes/drafts/draft-content.repository.js';
import { inserted } from './insertion.js';

/** A ring of nodes, each with a text and a condition that go by others. */
const ring = (count: number, firstId: number): StoryDefinition & DraftContent => ({
  schema: {},
  nodes: Array.from({ length: count }, (_, i) => ({
    id: firstId + i,
    key: `n${i}`,
    title: `Node ${i}`,
    content: `{% if visits.n${(i + 1) % count} > 0 %}You know it.{% endif %} ${'Dark. '.repeat(20)}`,
    type: 'choice' as const,
    isStart: i === 0,
    isEnding: false,
    endingKind: null,
    choices: [
      {
        id: 10 * firstId + i,
        letter: 'A',
        text: 'Go',
        consequences: null,
        to: firstId + ((i + 1) % count),
        condition: `visits["n0"] > 0 && visits.n${i} < 3`,
      },
    ],
  })),
});

describe('a template that is put into a draft with the same keys', () => {
  it('gets others, and goes by these', () => {
    const { content, nodes, problems } = inserted(ring(3, 1), ring(3, 10), {});
    expect(problems).toEqual([]);
    expect(nodes).toEqual([
      { nodeId: 10, templateKey: 'n0', key: 'n0-2' },
      { nodeId: 11, templateKey: 'n1', key: 'n1-2' },
      { nodeId: 12, templateKey: 'n2', key: 'n2-2' },
    ]);
    expect(content.nodes.slice(0, 3)).toEqual(ring(3, 1).nodes);
    const [, , , , node] = content.nodes;
    expect(node).toMatchObject({ key: 'n1-2', isStart: false });
    expect(node!.content).toMatch(/^\{% if visits\["n2-2"\] > 0 %\}/);
    expect(node!.choices[0]).toMatchObject({
      to: 12,
      condition: 'visits["n0-2"] > 0 && visits["n1-2"] < 3',
    });
  });

  it('takes time linear in its length', () => {
    const secondsFor = (count: number) => {
      const [draft, part] = [ring(count, 1), ring(count, 10_000)];
      const before = process.cpuUsage();
      inserted(draft, part, {});
      return process.cpuUsage(before).user / 1e6;
    };
    secondsFor(1000);
    const few = secondsFor(1000);
    // Four times as long, and room for a busy machine; sixteen times where it is quadratic.
    expect(secondsFor(4000)).toBeLessThan(12 * few);
  });
});
