import { describe, expect, it } from '@jest/globals';
import { brokenLinks, faultOf } from '../../src/engine/core/links.js';

const found = (text: string) =>
  brokenLinks(text).map(({ target, isImage, line, column }) =>
    [`${line}:${column}`, isImage ? 'image' : 'link', target].join(' '),
  );

describe('brokenLinks', () => {
  it.each([
    ['Go [on](cellar) or [off](#top).', ['1:4 link cellar', '1:20 link #top']],
    ['One.\n\n  [up](../up "Up there")', ['3:3 link ../up']],
    ['[run](javascript:alert)', ['1:1 link javascript:alert']],
    ['[nowhere]()', ['1:1 link ']],
    ['[there](</a/b>)', ['1:1 link /a/b']],
    ['![a crown](https://example.org/a.png)', ['1:1 image https://example.org/a.png']],
    ['[map][m]\n\n[m]: map.html', ['3:1 link map.html']],
    ['\\![no picture](cellar)', ['1:3 link cellar']],
  ])('of %j finds each with its place', (text, links) => {
    expect(found(text)).toEqual(links);
  });

  it.each([
    '[a](https://example.org/) [b](HTTP://example.org "b") [c](mailto:a@example.org)',
    '[map][m]\n\n[m]: https://example.org/ "The map"',
    '[aside](see below) and \\[this](cellar), a[0] (that)',
    'In code: `[a](cellar)`\n```\n[b](cellar)\n```',
    '[printed]({{ where }})',
    '[Guard]: Halt, you there!',
  ])('finds none in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(['[', '![', '](', '[a](', '`', '[a](b', ' ', '[a]: '])(
    'stays quick for many %j',
    (piece) => {
      const from = performance.now();
      brokenLinks(`](]:${piece.repeat(Math.ceil(50_000 / piece.length))}`);
      expect(performance.now() - from).toBeLessThan(500);
    },
  );
});

describe('faultOf', () => {
  it('names the target, shortened where it is long', () => {
    expect(brokenLinks('[a]() ![b](c) [d](cellar)').map(faultOf)).toEqual([
      'The link to nothing leads nowhere.',
      'Texts show no pictures, and so not c.',
      'The link to cellar leads nowhere.',
    ]);
    expect(faultOf(brokenLinks(`[a](${'x'.repeat(61)})`)[0]!)).toBe(
      `The link to ${'x'.repeat(60)}… leads nowhere.`,
    );
  });
});
