import { expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { storyOf } from './translated.js';

const PROSE = 'The lamp burned low and the sea was loud, so nobody heard the door. '.repeat(12);
const COUNT = 10_000;

const TEXTS: Readonly<Record<string, (next: string) => string>> = {
  Harlowe: (next) =>
    `(set: $gold to it + 1)(if: $gold > 3)[''$gold'' coins.](else:)[None.]\n${PROSE}\n(link-goto: "Go", "${next}")`,
  SugarCube: (next) =>
    `<<set $gold += 1>><<if $gold gt 3>>''$gold'' coins.<<else>>None.<</if>>\n${PROSE}\n<<link "Go" "${next}">><</link>>`,
  Chapbook: (next) =>
    `gold: gold + 1\n--\n[if gold > 3]\n{gold} coins.\n[else]\nNone.\n[continued]\n${PROSE}\n{link to: '${next}', label: 'Go'}`,
  Snowman: (next) =>
    `<% s.gold = s.gold + 1 %><% if (s.gold > 3) { %><%= s.gold %> coins.<% } else { %>None.<% } %>\n${PROSE}\n[[Go->${next}]]`,
};

/** Seconds of processor time, which do not depend on what else the machine does. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1e6;
}

it.each(Object.keys(TEXTS))(
  'translates 10,000 passages of %s in time linear in their number',
  (format) => {
    const secondsFor = (count: number) => {
      const texts = Array.from({ length: count }, (_, i) => [
        `P${i}`,
        TEXTS[format]!(`P${(i + 1) % count}`),
      ]);
      const story = storyOf(format, Object.fromEntries(texts));
      return secondsOf(() => {
        expect(translate(story).document.nodes).toHaveLength(count);
      });
    };
    secondsFor(COUNT / 10);
    const few = secondsFor(COUNT / 4);
    // Four times as long, and room for a busy machine; sixteen times where it is quadratic.
    expect(secondsFor(COUNT)).toBeLessThan(12 * few);
  },
  120_000,
);

it.each(['Harlowe', 'SugarCube', 'Chapbook', 'Snowman', 'Other'])(
  'takes no longer than its length for code in %s that never ends',
  (format) => {
    for (const piece of [
      '`',
      '(a:',
      '<<a "',
      '[[',
      '[',
      '{{',
      '/*',
      '<a b="',
      "''",
      '<%',
      '<<if $x>>',
    ]) {
      const story = storyOf(format, { Here: piece.repeat(50_000) });
      expect(secondsOf(() => translate(story))).toBeLessThan(10);
    }
  },
  120_000,
);

it.each([
  ['Other', 'spaces within a line', `a${' '.repeat(200_000)}b`],
  ['SugarCube', 'spaces without line breaks', `<<nobr>>a${' '.repeat(200_000)}b<</nobr>>`],
  ['Chapbook', 'spaces in a setting', `a${' '.repeat(200_000)}b\n--\nText`],
  ['Snowman', 'spaces in a script', `<% s.x = "a${' '.repeat(200_000)}b" %>`],
  ['SugarCube', 'macros that only the last one ends', `${'<<a '.repeat(100_000)}>>`],
  [
    'SugarCube',
    'conditions that each lead on',
    Array.from({ length: 10_000 }, (_, i) => `<<if $a is ${i}>><<goto "Here">><</if>>`).join(''),
  ],
  [
    'SugarCube',
    'cases that come after others',
    `<<if $a is 0>>${Array.from({ length: 10_000 }, (_, i) => `<<elseif $a is ${i}>>[[Here]]<<set $b to ${i}>>`).join('')}<</if>>`,
  ],
  [
    'SugarCube',
    'values of a case',
    `<<switch $a>>${`<<case${' 1'.repeat(2400)}>>b`.repeat(40)}<</switch>>`,
  ],
  ['Other', 'links that only the last one ends', `${'<a data-passage="b">'.repeat(50_000)}</a>`],
])('takes in %s no longer than its length for %s', (format, _, text) => {
  // Tens of seconds where it is quadratic.
  expect(secondsOf(() => translate(storyOf(format, { Here: text })))).toBeLessThan(5);
});

it('takes no longer than their length for names made to be slow', () => {
  const hyphens = '-'.repeat(200_000);
  const twins = Array.from({ length: 50_000 }, () => ({ name: 'a', tags: [], text: '' }));
  const story = { ...storyOf('Other', { [`a${hyphens}b`]: '' }), passages: twins };
  expect(secondsOf(() => translate(storyOf('Other', { [`a${hyphens}b`]: '' })))).toBeLessThan(5);
  expect(secondsOf(() => translate(story))).toBeLessThan(5);
});

it('reads links that nest without end', () => {
  const names = Array.from({ length: 2000 }, (_, i) => `x${i}`);
  const opened = names.map((name) => `<${name} data-passage="There">`).join('');
  const closed = names.map((name) => `</${name}>`).reverse();
  const story = storyOf('SugarCube', { Here: `${opened}In${closed.join('')}`, There: '' });
  const { links } = translate(story).report;
  expect(new Set(links.map(({ target }) => target))).toEqual(new Set(['There']));
  expect(links).toHaveLength(2000);
});

it('reads as many statements about one variable as there are', () => {
  const others = Array.from({ length: 150_000 }, (_, i) => [`P${i}`, '<<set $a to $b>>']);
  const { document } = translate(
    storyOf('SugarCube', { ...Object.fromEntries(others), Last: '<<set $b to 1>>' }),
  );
  expect(document.schema!.variables!.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'b int',
    'a int',
  ]);
}, 60_000);
