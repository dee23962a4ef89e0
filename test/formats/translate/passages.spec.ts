import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { nodeOf, passage, storyOf } from './translated.js';

const THERE = { There: 'There.', 'A b': 'A b.' };

describe('links of Twine', () => {
  it.each([
    ['[[There]]', 'There', 'There'],
    ['[[go->There]]', 'go', 'There'],
    ['[[There<-go]]', 'go', 'There'],
    ['[[go|There]]', 'go', 'There'],
    ['[[a->b->There]]', 'a->b', 'There'],
    ['[[There<-a<-b]]', 'a<-b', 'There'],
    ['[[ go -> There ]]', 'go', 'There'],
    ['[[|There]]', 'There', 'There'],
    ['[[go->A b]]', 'go', 'A-b'],
  ])('%s', (source, text, to) => {
    for (const format of ['Other', 'Harlowe', 'SugarCube', 'Chapbook', 'Snowman']) {
      const node = passage(format, source, THERE);
      expect(node.choices).toEqual([{ text, to }]);
      expect(node.content).toBe('');
    }
  });

  it('keep their words within a sentence, and go where they stand by themselves', () => {
    const text =
      'A [[door->There]] and a *window*.\n\n- [[Out->There]]\n- [[In->A b]]\n\n[[Up->There]] | [[Down->A b]]\n\nDone.';
    const node = passage('Other', text, THERE);
    expect(node.content).toBe('A door and a *window*.\n\nDone.');
    expect(node.choices!.map((choice) => choice.text)).toEqual(['door', 'Out', 'In', 'Up', 'Down']);
  });

  it('that are alike are one choice', () => {
    const node = passage('Other', '[[There]] or [[There]]', THERE);
    expect(node.choices).toEqual([{ text: 'There', to: 'There' }]);
    expect(node.type).toBe('story');
  });

  it('that lead nowhere leave an open choice, and are broken in the report', () => {
    const translation = translate(storyOf('Other', { Here: '[[Gone]]' }));
    expect(nodeOf(translation, 'Here').choices).toEqual([{ text: 'Gone' }]);
    expect(translation.report.links).toEqual([
      {
        place: { passage: 'Here', line: 1, column: 1 },
        source: '[[Gone]]',
        kind: 'literal',
        target: 'Gone',
        isBroken: true,
        outcome: 'mapped',
      },
    ]);
  });
});

describe('passages that lead on by themselves', () => {
  it('have a single choice', () => {
    const translation = translate(
      storyOf('SugarCube', { Here: 'Bye. [[Stay|There]]<<goto "There">>', There: '.' }),
    );
    expect(nodeOf(translation, 'Here')).toEqual({
      key: 'Here',
      title: 'Here',
      start: true,
      content: 'Bye. Stay',
      type: 'story',
      choices: [{ text: 'Continue', to: 'There' }],
    });
    expect(translation.report.links.map(({ outcome }) => outcome)).toEqual(['dropped', 'mapped']);
  });

  it('under conditions close the other ways while these hold', () => {
    const node = passage(
      'SugarCube',
      '<<if $a is 1>><<goto "There">><<elseif $a is 2>><<goto "A b">><</if>>[[Here]]',
      THERE,
    );
    expect(node.choices).toEqual([
      { text: 'Continue', to: 'There', condition: 'a == 1' },
      { text: 'Continue', to: 'A-b', condition: '(a != 1) && (a == 2)' },
      { text: 'Here', to: 'Here', condition: '(a != 1) && !((a != 1) && (a == 2))' },
    ]);
  });
});

describe('texts', () => {
  it('keep signs that mean something to Markdown or Liquid as they are', () => {
    expect(passage('SugarCube', '5 * 3 [x] a_b {{ x }} {% if %} `code`').content).toBe(
      '5 \\* 3 \\[x\\] a\\_b {% raw %}{{{% endraw %} x }} {% raw %}{%{% endraw %} if %} \\`code\\`',
    );
    expect(passage('Harlowe', '`{{ x }}` and 1. one\n+ two').content).toBe(
      '{% raw %}{{{% endraw %} x }} and 1. one  \n\\+ two',
    );
    expect(passage('Snowman', '*a* {{ x }} {').content).toBe(
      '*a* {% raw %}{{{% endraw %} x }} {% raw %}{{% endraw %}',
    );
  });

  it('keep code with braces, and code that would end its own comment', () => {
    const node = passage('SugarCube', '<<foo "{{ x }} {% endcomment %}{% endraw %}">>Word.');
    expect(node.content).toBe(
      '{% comment %}{% raw %}<<foo "{{ x }} {% endcomment %}{ % endraw %}">>{% endraw %}{% endcomment %}Word.',
    );
  });

  it('have HTML as Markdown', () => {
    const html =
      '<h2>Title</h2><p>One <b>bold</b> <em>word</em>.</p><ul><li>a</li><li>b</li></ul><hr><a href="https://example.org/x">web</a> <u>under</u>';
    for (const format of ['Other', 'SugarCube', 'Harlowe', 'Snowman', 'Chapbook']) {
      expect(passage(format, html).content).toBe(
        '## Title\n\nOne **bold** *word*.\n\n- a\n- b\n\n---\n\n[web](https://example.org/x) under',
      );
    }
  });

  it('keep breaks of lines where the format has them, and not where it has none', () => {
    expect(passage('SugarCube', 'a\n   b\n\nc').content).toBe('a  \nb\n\nc');
    expect(passage('Snowman', 'a\nb\n\nc').content).toBe('a\nb\n\nc');
    const nobr = translate(storyOf('SugarCube', { 'Here [nobr]': 'a\nb' }));
    expect(nodeOf(nobr, 'Here').content).toBe('a\nb');
  });

  it('that are too long are cut, with a problem; the whole is kept', () => {
    const long = 'word '.repeat(11_000);
    const story = storyOf('SugarCube', {
      Here: `<<set $a to 1>>${long}[[${'x'.repeat(600)}|Here]]`,
    });
    const { document, problems } = translate(story);
    expect(document.nodes[0]!.content).toHaveLength(50_000);
    expect(document.nodes[0]!.choices![0]!.text).toHaveLength(500);
    expect(problems).toEqual([
      {
        code: 'OVER_LIMIT',
        severity: 'warning',
        passage: 0,
        place: { passage: 'Here', line: 1, column: 55_016 },
        message: 'A choice has at most 500 characters: the words of this link are cut.',
      },
      {
        code: 'OVER_LIMIT',
        severity: 'warning',
        passage: 0,
        place: { passage: 'Here', line: 1, column: 1 },
        message: 'A node has at most 50000 characters: the rest of its text is left out.',
      },
    ]);
    expect(document.twine!.story).toBe(story);
  });

  it('with more code than a text may have leave it to the kept story', () => {
    const many = '<<if $a is 1>>x<</if>> $a '.repeat(300);
    const translation = translate(storyOf('SugarCube', { Here: `<<set $a to 1>>${many}` }));
    const { content, effects } = nodeOf(translation, 'Here');
    expect(content).toBe(
      'x '.repeat(300).trim().replaceAll('x x', 'x  x').replaceAll('x x', 'x  x'),
    );
    expect(effects).toEqual([{ op: 'set', target: 'a', value: '1' }]);
    const kept = translation.report.constructs.filter(({ outcome }) => outcome === 'kept');
    expect(kept).toHaveLength(600);
    expect(new Set(kept.map(({ note }) => note))).toEqual(
      new Set(['The passage has more code than a text may have.']),
    );
  });
});

describe('passages', () => {
  it('get keys by the rule for them, unlike each other, the same each time', () => {
    const names = [
      'Hall',
      'The Hall',
      'The-Hall',
      'The.Hall!',
      'The Hall!',
      '…',
      'x'.repeat(40),
      'Über uns',
      '2A',
    ];
    const story = storyOf('Other', Object.fromEntries(names.map((name) => [name, '.'])));
    const keys = translate(story).document.nodes.map(({ key }) => key);
    expect(keys).toEqual([
      'Hall',
      expect.stringMatching(/^The-Hall-[a-z0-9]{7}$/),
      'The-Hall',
      'The.Hall',
      expect.stringMatching(/^The-Hall-[a-z0-9]{7}$/),
      'passage',
      expect.stringMatching(/^x{24}-[a-z0-9]{7}$/),
      'Über-uns',
      '2A',
    ]);
    expect(new Set(keys).size).toBe(names.length);
  });

  it('of the same name: links lead to the last in SugarCube, to the first elsewhere', () => {
    const passages = ['one', 'two', 'three'].map((text) => ({ name: 'Twice', tags: [], text }));
    const start = { name: 'Start', tags: [], text: '[[Twice]]' };
    for (const [format, key] of [
      ['SugarCube', 'Twice-3'],
      ['Harlowe', 'Twice'],
    ] as const) {
      const { document, problems } = translate({
        name: 'S',
        format,
        passages: [start, ...passages],
      });
      expect(document.nodes.map((node) => node.key)).toEqual([
        'Start',
        'Twice',
        'Twice-2',
        'Twice-3',
      ]);
      expect(document.nodes[0]!.choices![0]!.to).toBe(key);
      // The file is warned of where it is read, once.
      expect(problems).toEqual([]);
    }
  });

  it('start at the named one, at Start, or at the first, with a warning', () => {
    const story = storyOf('Other', { One: '.', Start: '.', Two: '.' });
    const startOf = (start: string | undefined) => {
      const { document, problems } = translate({ ...story, start });
      return [document.nodes.find((node) => node.start)!.key, problems.length];
    };
    expect(startOf('Two')).toEqual(['Two', 0]);
    expect(startOf(undefined)).toEqual(['Start', 0]);
    expect(startOf('Gone')).toEqual(['One', 1]);
  });

  it('that include each other without end are kept', () => {
    const translation = translate(
      storyOf('SugarCube', { Here: 'a <<include "There">>', There: 'b <<include "Here">>' }),
    );
    expect(translation.document.nodes.map(({ content }) => content)).toEqual([
      'a b {% comment %}<<include "Here">>{% endcomment %}',
      'b a {% comment %}<<include "There">>{% endcomment %}',
    ]);
    expect(translation.report.constructs.map(({ outcome }) => outcome)).toEqual([
      'mapped',
      'mapped',
    ]);
  });

  it('none of the story: an error', () => {
    const { problems } = translate({
      name: 'S',
      passages: [{ name: 'StoryTitle', tags: [], text: 'S' }],
    });
    expect(problems).toEqual([
      {
        code: 'EMPTY_STORY',
        severity: 'error',
        message: 'None of its passages is a part of the story; it needs one at least.',
      },
    ]);
  });

  it('of a story that names no format are read by their signs', () => {
    const { problems, document } = translate(storyOf(undefined, { Here: '<<set $a to 1>>$a' }));
    expect(problems[0]!.message).toBe('The story names no format; it is read as SugarCube.');
    expect(document.nodes[0]!.content).toBe('{{ a }}');
    expect(translate(storyOf(undefined, { Here: 'Words. [[Here]]' })).problems).toEqual([]);
  });

  it('with carriage returns read like those without', () => {
    const texts = { SugarCube: 'a \\\nb\n----\nc', Chapbook: 'x: 1\n--\n[if x]\na\nb\n' };
    for (const [format, text] of Object.entries(texts)) {
      const [one, other] = [text, text.replaceAll('\n', '\r\n')].map(
        (each) => translate(storyOf(format, { Here: each })).document,
      );
      expect([other!.schema, other!.nodes]).toEqual([one!.schema, one!.nodes]);
    }
  });
});

describe('macros of SugarCube', () => {
  const SETS = '<<set $a to 1>><<set $s to "1">>';

  it('that are silent show nothing, however deep', () => {
    const node = passage(
      'SugarCube',
      `${SETS}<<silently>>no $a <<if $a is 1>>no ''no'' <<set $a to 2>>[[no->There]]<</if>><</silently>>Yes.`,
      THERE,
    );
    expect(node.content).toBe('Yes.');
    expect(node.effects!.at(-1)).toEqual({ op: 'set', target: 'a', value: '(a == 1) ? 2 : a' });
    expect(node.choices).toBeUndefined();
  });

  it('without line breaks have none, however deep', () => {
    const text = `${SETS}<<nobr>>One\n<<if $a is 1>>\ntwo\n<<else>>\nthree\n<</if>><</nobr>>`;
    expect(passage('SugarCube', text).content).toBe(
      'One {% if a == 1 %} two {% else %} three {% endif %}',
    );
  });

  it('tell numbers from texts in each case', () => {
    const text = `<<set $a to 1>><<switch $a>><<case 1>>one<<case "x">>two<</switch>>`;
    expect(passage('SugarCube', text.replace('"x"', '2')).content).toContain('{% if a == 1 %}');
    const texts = `${SETS}<<switch $s>><<case "1">>one<<case 1>>two<</switch>>`;
    expect(passage('SugarCube', texts).content).toContain('{% comment %}<<switch $s>>');
    const mixed = `${SETS}<<switch $s>><<case "1" 1>>one<</switch>>`;
    expect(passage('SugarCube', mixed).content).toContain('{% comment %}<<switch $s>>');
  });

  it('have links with quotes and signs of macros in their words', () => {
    const text = `${SETS}<<link [[Say "hi >> there->There]]>><<set $s to "b">><</link>>`;
    expect(passage('SugarCube', text, THERE).choices).toEqual([
      {
        text: 'Say "hi >> there',
        to: 'There',
        effects: [{ op: 'set', target: 's', value: '"b"' }],
      },
    ]);
  });
});

describe('HTML', () => {
  it('names passages by character references, too', () => {
    const text = '<a data-passage="A &amp; &#66; &lt;&#x43;&gt;">go</a>';
    const node = passage('Other', text, { 'A & B <C>': '' });
    expect(node.choices).toEqual([{ text: 'go', to: 'A-B-C' }]);
  });
});
