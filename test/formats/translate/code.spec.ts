import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { passage, storyOf } from './translated.js';

const THERE = { There: 'There.', 'A b': 'A b.' };

describe('expressions', () => {
  const conditionOf = (format: string, test: string, sets = '') => {
    const text = {
      SugarCube: `${sets}<<if ${test}>>[[There]]<</if>>`,
      Harlowe: `${sets}(if: ${test})[[[There]]]`,
      Snowman: `${sets}<% if (${test}) { %>[[There]]<% } %>`,
      Chapbook: `${sets}\n[if ${test}]\n[[There]]`,
    }[format]!;
    return passage(format, text, THERE).choices![0]!.condition;
  };
  const SETS = '<<set $n to 1, $q to 0.5, $s to "a", $b to true>>';

  it.each([
    ['$n is 1', 'n == 1'],
    ['$n isnot 1', 'n != 1'],
    ['$n eq 1 and $q neq 2', '(n == 1) && (q != 2)'],
    ['$n gt 1 or $n lte 0', '(n > 1) || (n <= 0)'],
    ['not $b', '!b'],
    ['!($n > 1)', 'n <= 1'],
    ['$n', 'n != 0'],
    ['$s', 's != ""'],
    ['$b === false', 'b == false'],
    ['($n + 1) * 2 >= $q', '((n + 1) * 2) >= q'],
    ['$n / 2 > 1', '(n * 1.0 / 2) > 1'],
    ['$b ? $n > 1 : $q < 1', 'b ? (n > 1) : (q < 1)'],
    ['visited("There") > 1', 'visits.There > 1'],
    ['hasVisited("A b")', 'visits["A-b"] > 0'],
    ['turns() > 3', '(turn + 1) > 3'],
    ['State.variables.n == 1', 'n == 1'],
    ['$s == "it\'s"', 's == "it\'s"'],
  ])('of SugarCube: %s', (test, condition) => {
    expect(conditionOf('SugarCube', test, SETS)).toBe(condition);
  });

  it.each([
    '$n is "a"',
    '$b > 1',
    '$list[0] is 1',
    'random(1, 6) > 3',
    '$unknown',
    'visited("Gone")',
    'setup.test()',
    '$n is 010',
    '5',
    '$n is 1 is',
  ])('of SugarCube that are kept: %s', (test) => {
    const sets = test === '$unknown' ? '<<set $unknown to foo()>><<set $unknown to [1]>>' : SETS;
    const text = `${sets}<<if ${test}>>[[There]] now<</if>>`;
    const node = passage('SugarCube', text, THERE);
    expect(node.choices).toEqual([{ text: 'There', to: 'There' }]);
    expect(node.content).toBe(
      (test === '$unknown'
        ? '{% comment %}<<set $unknown to foo()>>{% endcomment %}{% comment %}<<set $unknown to [1]>>{% endcomment %}'
        : '') +
        `{% comment %}<<if ${test}>>{% endcomment %}There now{% comment %}<</if>>{% endcomment %}`,
    );
  });

  it.each([
    ['$n is 1', 'n == 1'],
    ['$n is not 1 and $s is "a"', '(n != 1) && (s == "a")'],
    ['$n is 1 or 2', '(n == 1) || (n == 2)'],
    ['$n is 1 or $b', '(n == 1) || (b == true)'],
    ['not $b', '!b'],
    ['$s contains "a"', 's.contains("a")'],
    ['(visited: "There")', 'visits.There > 0'],
    ['visits > 2', 'visits.Here > 2'],
  ])('of Harlowe: %s', (test, condition) => {
    expect(conditionOf('Harlowe', test, '(set: $n to 1, $s to "a", $b to true)')).toBe(condition);
  });

  it.each([
    // Both bind the same, and which goes first has changed from version to version.
    '$n is 1 or $n is 2 and $b',
    '$n is 1 and $b or $n is 2',
    // What is compared with a number once more, and no condition.
    '$n is 1 or $m',
  ])('of Harlowe that are kept: %s', (test) => {
    const sets = '(set: $n to 1, $b to true, $m to 2)';
    const { choices } = passage('Harlowe', `${sets}(if: ${test})[[[There]] now]`, THERE);
    expect(choices).toEqual([{ text: 'There', to: 'There' }]);
  });

  it('of Harlowe with brackets around what goes first', () => {
    const sets = '(set: $n to 1, $b to true)';
    expect(conditionOf('Harlowe', '($n is 1 or $n is 2) and $b', sets)).toBe(
      '((n == 1) || (n == 2)) && (b == true)',
    );
  });

  it('turn round only what stands next', () => {
    const node = passage('SugarCube', `${SETS}<<if !$n * $q>>[[There]]<</if>>`, THERE);
    expect(node.choices).toEqual([{ text: 'There', to: 'There' }]);
  });

  it('of Chapbook and Snowman', () => {
    expect(conditionOf('Chapbook', 'n > 1 && !b', 'n: 1\nb: true\n--')).toBe('(n > 1) && !b');
    expect(conditionOf('Snowman', 's.n > 1 || story.state.b', '<% s.n = 1; s.b = true %>')).toBe(
      '(n > 1) || b',
    );
  });

  it('become Liquid without brackets', () => {
    const text = `${SETS}<<if ($n is 1 or $b) and not ($q > 1 and $s)>>yes<</if>> <<print ($n + 1) * 2>> <<print "a" + ($n + 1)>> <<print $b ? 1 : 2>>`;
    expect(passage('SugarCube', text).content).toBe(
      '{% assign _1x = false %}{% if n == 1 or b != false %}{% assign _1x = true %}{% endif %}' +
        '{% assign _2x = false %}{% if q <= 1 or s == "" %}{% assign _2x = true %}{% endif %}' +
        '{% if _1x and _2x %}yes{% endif %} {{ n | plus: 1 | times: 2 }} ' +
        '{% assign _3x = n | plus: 1 %}{{ "a" | append: _3x }} ' +
        '{% assign _4x = 2 %}{% if b != false %}{% assign _4x = 1 %}{% endif %}{{ _4x }}',
    );
  });
});

describe('variables', () => {
  const declared = (text: string, init = '') =>
    translate(storyOf('SugarCube', { Here: text, StoryInit: init }));
  const variables = (text: string, init = '') => declared(text, init).document.schema?.variables;

  it('have the types that all sets allow', () => {
    expect(
      variables(
        '<<set $a to 1>><<set $a to 0.5>><<set $b to $a>><<set $c += 1>><<set $d to $c / 2>>',
      ),
    ).toEqual([
      { name: 'a', type: 'number', initial: 0 },
      { name: 'b', type: 'number', initial: 0 },
      { name: 'c', type: 'int', initial: 0 },
      { name: 'd', type: 'number', initial: 0 },
    ]);
  });

  it('that nothing sets have the types that comparisons show', () => {
    expect(variables('<<if $a is "x" or $b gt 2 or $c>>.<</if>>')).toEqual([
      { name: 'a', type: 'string', initial: '' },
      { name: 'b', type: 'int', initial: 0 },
      { name: 'c', type: 'bool', initial: false },
    ]);
  });

  it('begin with what is set before the story, in order', () => {
    const init = '<<set $a to 2>><<set $b to $a * 3>><<set $a to 5>><<set $n to -$a>>';
    expect(variables('.', init)).toEqual(
      [
        { name: 'a', type: 'int', initial: 5 },
        { name: 'b', type: 'number', initial: 6 },
        { name: 'n', type: 'int', initial: -5 },
      ].map((each) => (each.name === 'b' ? { ...each, type: 'int' } : each)),
    );
  });

  it('begin with the value that is set where there is none', () => {
    const { document } = declared('<<set $a = $a ?? 7>>$a');
    expect(document.schema!.variables).toEqual([{ name: 'a', type: 'int', initial: 7 }]);
    expect(document.nodes[0]!.effects).toBeUndefined();
  });

  it('get other names where theirs mean something', () => {
    const { report, document } = declared('<<set $turn to 1, $if to 2, $_x to 3>>[[Here]]');
    expect(report.variables).toEqual([
      { name: 'turn', declared: 'turn_1' },
      { name: 'if', declared: 'if_1' },
      { name: '_x', declared: 'v_x' },
    ]);
    expect(document.nodes[0]!.effects).toHaveLength(3);
  });

  it('of changing types, and lists, are kept, with the reason', () => {
    const { report, document } = declared(
      '<<set $a to 1>><<set $a to "b">><<set $c to ["d"]>><<set $e.f to 1>><<set $g to foo()>>',
    );
    expect(report.variables).toEqual([
      { name: 'a', declared: null, note: 'It holds now a text, now a number.' },
      { name: 'c', declared: null, note: 'It holds a list, a map or another value with parts.' },
      { name: 'e', declared: null, note: 'It holds a list, a map or another value with parts.' },
      { name: 'g', declared: null, note: 'Nothing tells what it holds.' },
    ]);
    expect(document.schema).toBeUndefined();
    expect(report.constructs.map(({ outcome }) => outcome)).toEqual(Array(5).fill('kept'));
  });

  it('are at most as many as a story may declare', () => {
    const sets = Array.from({ length: 210 }, (_, i) => `<<set $v${i} to 1>>`).join('');
    const { document, problems, report } = declared(sets);
    expect(document.schema!.variables).toHaveLength(200);
    expect(report.variables.filter((each) => each.declared === null)).toHaveLength(10);
    expect(problems.map(({ message }) => message)).toContain('A story has at most 200 variables.');
  });
});

describe('sets', () => {
  it('stay where the text before them shows what was before', () => {
    const node = passage('SugarCube', 'You have $a. <<set $a += 1>><<set $b to 1>>Now $a.');
    expect(node.effects).toEqual([{ op: 'set', target: 'b', value: '1' }]);
    expect(node.content).toBe(
      'You have {{ a }}. {% comment %}<<set $a += 1>>{% endcomment %}Now {{ a }}.',
    );
  });

  it('stay where their own condition is shown, as on a first visit', () => {
    const node = passage('SugarCube', '<<if not $seen>>First. <<set $seen to true>><</if>>');
    expect(node.effects).toBeUndefined();
    expect(node.content).toBe(
      '{% if seen == false %}First. {% comment %}<<set $seen to true>>{% endcomment %}{% endif %}',
    );
  });

  it('under a condition that nothing shows keep the old value unless it holds', () => {
    const node = passage('SugarCube', '<<if $a > 1>><<set $a to 0>><<else>><<set $b to 2>><</if>>');
    expect(node.effects).toEqual([{ op: 'set', target: 'a', value: '(a > 1) ? 0 : a' }]);
    expect(node.content).toBe('{% comment %}<<set $b to 2>>{% endcomment %}');
  });

  it('in code that is not translated stay', () => {
    const node = passage('SugarCube', '<<timed 2s>><<set $a to 1>>Boo.<</timed>>');
    expect(node.effects).toBeUndefined();
    expect(node.content).toBe(
      '{% comment %}<<timed 2s>>{% endcomment %}{% comment %}<<set $a to 1>>{% endcomment %}Boo.{% comment %}<</timed>>{% endcomment %}',
    );
  });

  it('turn round, add and subtract', () => {
    const node = passage(
      'SugarCube',
      '<<set $b to not $b>><<set $n++>><<set $n -= 2>><<set $n to $n * 2>>',
    );
    expect(node.effects).toEqual([
      { op: 'toggle', target: 'b' },
      { op: 'add', target: 'n', value: '1' },
      { op: 'sub', target: 'n', value: '2' },
      { op: 'set', target: 'n', value: 'n * 2' },
    ]);
  });
});
