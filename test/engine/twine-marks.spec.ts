import { describe, expect, it } from '@jest/globals';
import { twineMarks } from '../../src/engine/core/twine-marks.js';

const DECLARED = ['gold', 'seenGhost'];

const found = (text: string) =>
  twineMarks(text, (name) => DECLARED.includes(name)).map(
    ({ kind, written, line }) => `${line} ${kind} ${written}`,
  );

describe('twineMarks', () => {
  it.each([
    ['Go to [[Hall]].\nOr [[up->Tower]].', ['1 link [[Hall]]', '2 link [[up->Tower]]']],
    ['You have $gold coins, **$gold**!', ['1 name $gold', '1 name $gold']],
    ['<<set $gold to 3>>Rich.', ['1 code <<set $gold to 3>>']],
    ['<<if $gold>>a<</if>>', ['1 code <<if $gold>>', '1 code <</if>>']],
    ['(if: $gold > 3)[Rich.]', ['1 code (if:', '1 name $gold']],
    ['(SET: $seenGhost to true)', ['1 code (SET:', '1 name $seenGhost']],
    ['{{ gold }} of $gold', ['1 name $gold']],
  ])('of %j finds each', (text, marks) => {
    expect(found(text)).toEqual(marks);
  });

  it.each([
    'It costs $5, $1,000 or US$gold; A$gold, too.',
    'Pay in $ or $silver, or \\$gold and $$gold.',
    '{% comment %}[[Hall]] <<set $gold to 3>>{% endcomment %}{%- comment -%}$gold{%- endcomment -%}',
    '{{ gold }}{% if gold > 3 %}x{% endif %}',
    'In code: `$gold`, `[[Hall]]`\n```\n<<if $gold>>\n```',
    'As told (see: above), (or: not), <<Guten Tag>>, a[[0] and \\[[Hall]].',
    '[[1]](https://example.org/)',
    '{% comment %}never closed [[Hall]]',
  ])('finds none in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(['[[', '<<if ', '$gold', '(if:', '{%', '{% comment %}', '`', '{{ '])(
    'stays quick for many %j',
    (piece) => {
      const before = process.cpuUsage();
      found(`$g ${piece.repeat(Math.ceil(50_000 / piece.length))}`);
      expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    },
  );
});
