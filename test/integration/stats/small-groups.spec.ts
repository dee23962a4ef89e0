import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writtenStory } from '../../support/written-story.js';
import { compile } from '../../../src/engine/core/story.js';
import { withheldOf, withheldPlaces } from '../../../src/stats/analytics/small-groups.js';

const LEAST = 3;

/** Random stories of a few nodes, the last two of which are endings, and readers who walk them. */
const walked = fc
  .record({
    targets: fc.array(fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), {
      minLength: 4,
      maxLength: 4,
    }),
    walks: fc.array(fc.array(fc.nat(2), { maxLength: 5 }), { minLength: 3, maxLength: 14 }),
  })
  .map(({ targets, walks }) => {
    const keys = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'];
    const story = compile(
      writtenStory(
        Object.fromEntries(
          keys.map((key, i) => [
            key,
            targets[i] === undefined
              ? ('ending' as const)
              : { choices: targets[i].map((to) => ({ to: keys[to]! })) },
          ]),
        ),
      ),
    );
    const readers = story.choices.map(() => new Set<number>());
    const finishers = new Set<number>();
    const goneOn = new Set<number>();
    walks.forEach((walk, reader) => {
      let node = 0;
      for (const pick of walk) {
        const first = story.firstChoice[node]!;
        const count = story.firstChoice[node + 1]! - first;
        if (count === 0) break;
        const choice = first + (pick % count);
        readers[choice]!.add(reader);
        node = story.target[choice]!;
        (story.isEnding[node] === 1 ? finishers : goneOn).add(reader);
      }
    });
    const choosers = new Set(readers.flatMap((own) => [...own])).size;
    return {
      story,
      readers: readers.map(({ size }) => size),
      tellsChoices: choosers >= LEAST && (goneOn.size === 0 || goneOn.size >= LEAST),
      tellsFinishes: finishers.size >= LEAST,
    };
  });

describe('what is withheld of nodes and choices', () => {
  it('cannot be reckoned from what is told, where few made a choice', () => {
    fc.assert(
      fc.property(walked, ({ story, readers, tellsChoices, tellsFinishes }) => {
        const { arrivals, choices } = withheldPlaces(story, readers, LEAST);
        const { nodes, source, target } = story;
        // The unknowns: what was made, who came, who stayed; each node ties its own together, and so do the sums.
        const unknowns = new Map<string, number>();
        const at = (name: string) => {
          if (!unknowns.has(name)) unknowns.set(name, unknowns.size);
          return unknowns.get(name)!;
        };
        const rows: [string, number][][] = [];
        nodes.forEach(({ type }, node) => {
          const own = [...source.keys()].filter((choice) => source[choice] === node);
          const into = [...target.keys()].filter((choice) => target[choice] === node);
          const isEnding = type === 'ending';
          const came: [string, number][] = arrivals[node] === 1 ? [[`came ${node}`, -1]] : [];
          rows.push([...hidden(into), ...came]);
          const stayed: [string, number][] =
            !isEnding && (arrivals[node] === 1 || choices[node] === 1)
              ? [[`stayed ${node}`, 1]]
              : [];
          if (!isEnding) rows.push([...hidden(own), ...stayed, ...came]);
        });
        function hidden(some: readonly number[]): [string, number][] {
          return some.flatMap((choice) =>
            choices[source[choice]!] === 1 ? [[`made ${choice}`, 1] as [string, number]] : [],
          );
        }
        const all = [...source.keys()];
        if (tellsChoices) rows.push(hidden(all));
        if (tellsFinishes)
          rows.push(
            [...nodes.keys()].flatMap((node): [string, number][] =>
              nodes[node]!.type === 'ending' && arrivals[node] === 1 ? [[`came ${node}`, 1]] : [],
            ),
          );
        rows.flat().forEach(([name]) => at(name));
        const matrix = rows.map((row) => {
          const line = new Array<number>(unknowns.size).fill(0);
          for (const [name, factor] of row) line[at(name)]! += factor;
          return line;
        });
        all.forEach((choice) => {
          const isOfFew = readers[choice]! > 0 && readers[choice]! < LEAST;
          if (!isOfFew) return;
          expect(choices[source[choice]!]).toBe(1);
          const place = unknowns.get(`made ${choice}`)!;
          const unit = new Array<number>(unknowns.size).fill(0);
          unit[place] = 1;
          // Determined if and only if the unit vector lies in the row space.
          expect(rankOf([...matrix, unit])).toBe(rankOf(matrix) + 1);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('is nothing where every choice was made by many or by nobody', () => {
    const story = compile(
      writtenStory({
        a: { choices: [{ to: 'b' }, { to: 'c' }] },
        b: 'ending',
        c: 'ending',
      }),
    );
    const { arrivals, choices } = withheldPlaces(story, [7, 0], 5);
    expect([...arrivals, ...choices]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('figures that add up to one that is told', () => {
  it.each([
    [
      [9, 0, 7],
      [false, false, false],
    ],
    [
      [9, 2, 7, 6],
      [false, true, false, true],
    ],
    [
      [2, 3],
      [true, true],
    ],
  ])('of %j readers are withheld: %j', (readers, withheld) => {
    expect(withheldOf(readers, 5)).toEqual(withheld);
  });
});

/** The rank of a matrix of small whole numbers. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const left = rows.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (left[0]?.length ?? 0); column++) {
    const pivot = left.findIndex((row, i) => i >= rank && Math.abs(row[column]!) > 1e-9);
    if (pivot === -1) continue;
    [left[rank], left[pivot]] = [left[pivot]!, left[rank]!];
    for (let i = rank + 1; i < left.length; i++) {
      const factor = left[i]![column]! / left[rank]![column]!;
      if (factor !== 0) left[i] = left[i]!.map((value, k) => value - factor * left[rank]![k]!);
    }
    rank += 1;
  }
  return rank;
}
