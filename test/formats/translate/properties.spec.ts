import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST, MOST, SHAPES } from '../../../src/engine/core/limits.js';
import { compile } from '../../../src/engine/core/story.js';
import { validate } from '../../../src/engine/core/validate.js';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import type { TwineStory } from '../../../src/publishing/formats/twine/twine-story.js';
import { definitionOf, storyOf } from './translated.js';

const FORMATS = ['Harlowe', 'SugarCube', 'Chapbook', 'Snowman', 'Other', undefined];

/** Pieces of all formats, whole and broken. */
const PIECES = [
  ...['[[A]]', '[[go->B]]', '[[B<-go]]', '[[go|C]]', '[[go|A][$x to 1]]', '[[go->$x]]', '[[', ']]'],
  ...[
    '(set: $x to 1)',
    '(set: $x to it + 1, $y to "a")',
    '(put: 2 into $z)',
    '(print: $x)',
    '$x',
    '_t',
  ],
  ...['(if: $x is 1)[', '(else-if: $x > 2 and not $b)[', '(else:)[', '(unless: $b)[', ']', '['],
  ...[
    '(link-goto: "go", "A")',
    '(link: "go")[(goto: "B")]',
    '(goto: "C")',
    '(display: "B")',
    '(undo:)',
  ],
  ...[
    '(random: 1, 6)',
    '(set: $a to (a: 1, 2))',
    '|h>[x]',
    '(click: ?h)[(goto: "A")]',
    '(',
    ')',
    '")',
  ],
  ...[
    '<<set $x to 1>>',
    '<<set $x += 1, $y = "b">>',
    '<<set $b to not $b>>',
    '<<unset $x>>',
    '<<run $x++>>',
  ],
  ...[
    '<<if $x gt 1>>',
    '<<elseif $y is "b">>',
    '<<else>>',
    '<</if>>',
    '<<if $b>>',
    '<<if visited("A") > 1>>',
  ],
  ...[
    '<<link "go" "A">>',
    '<</link>>',
    '<<link "stay">>',
    '<<button [[go|B]]>><</button>>',
    '<<goto "B">>',
  ],
  ...[
    '<<include "A">>',
    '<<include $x>>',
    '<<print $x + 1>>',
    '<<= $y>>',
    '<<back>>',
    '<<return "go" "A">>',
  ],
  ...[
    '<<switch $x>>',
    '<<case 1 2>>',
    '<<default>>',
    '<</switch>>',
    '<<nobr>>',
    '<</nobr>>',
    '<<for>>',
  ],
  ...[
    '<<script>>',
    '<</script>>',
    'Engine.play("A")',
    'Engine.play(x)',
    '/*',
    '*/',
    '{{{',
    '}}}',
    '<<',
    '>>',
  ],
  ...[
    '<% if (s.x > 1) { %>',
    '<% } else if (s.y == "a") { %>',
    '<% } else { %>',
    '<% } %>',
    '<% s.x = 1; %>',
  ],
  ...[
    '<%= s.x %>',
    '<% story.show("A") %>',
    '<% for (;;) { %>',
    '<%',
    '%>',
    "window.story.show('B')",
  ],
  ...[
    'x: 1\ny (x > 1): "a"\n--\n',
    '\n[if x > 1]\n',
    '\n[else]\n',
    '\n[continued]\n',
    '{x}',
    '{embed passage: "A"}',
  ],
  ...[
    '{restart link}',
    '{back link}',
    '{reveal link: "a", passage: "B"}',
    '{link to: "A", label: "go"}',
    '\n[note]\n',
  ],
  ...[
    '<p>',
    '</p>',
    '<b>',
    '<a data-passage="A">',
    '</a>',
    '<br>',
    '<img src="x">',
    '<!--',
    '-->',
    '<script>',
  ],
  ...[
    '{{',
    '{%',
    '}}',
    '%}',
    '{% endraw %}',
    '{% endcomment %}',
    '{% if x %}',
    '{{ x }}',
    '{',
    '\\',
    '`',
    '"',
    "'",
  ],
  ...[
    "''",
    '//',
    '**',
    '*',
    '\n',
    '\n\n',
    '\n* ',
    '\n# ',
    '\n! ',
    '    ',
    'words',
    'die Tür',
    '\0',
    '\ud800',
    '😀',
  ],
];

const soup = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string() },
    ),
    {
      maxLength: 25,
    },
  )
  .map((pieces) => pieces.join(''));

const name = fc.oneof(
  fc.constantFrom(
    'A',
    'B',
    'C',
    'StoryInit',
    'PassageHeader',
    '',
    'x'.repeat(300),
    'A b',
    'A-b',
    '__proto__',
  ),
  fc.string(),
);

const stories = fc.record({
  name: fc.string(),
  format: fc.constantFrom(...FORMATS),
  start: fc.option(name, { nil: undefined }),
  passages: fc.array(
    fc.record({
      name,
      tags: fc.array(
        fc.oneof(fc.string(), fc.constantFrom('startup', 'script', 'nobr', 'widget', 'init')),
      ),
      text: soup,
    }),
    { minLength: 1, maxLength: 6 },
  ),
}) as fc.Arbitrary<TwineStory>;

const RUNS = { numRuns: 1500 };

describe('whatever a Twine story holds', () => {
  it('becomes a story whose rules and texts compile, within the bounds of the API', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { document } = translate(story);
        const compiled = compile(definitionOf(document));
        expect(compiled.problems).toEqual([]);
        expect(compiled.schemaProblems).toEqual([]);
        const faults = validate(compiled).map(({ code }) => code);
        expect(faults).not.toContain('FAULTY_DECLARATION');
        expect(faults).not.toContain('DUPLICATE_DECLARATION');
        expect(faults).not.toContain('DUPLICATE_KEY');
        for (const node of document.nodes) {
          expect(node.key).toMatch(SHAPES.nodeKey.pattern);
          expect(node.title.trim()).not.toBe('');
          expect(node.title.length).toBeLessThanOrEqual(LONGEST.title);
          expect(node.content.length).toBeLessThanOrEqual(LONGEST.content);
          expect(node.effects?.length ?? 0).toBeLessThanOrEqual(MOST.effects);
          expect(node.tags?.length ?? 0).toBeLessThanOrEqual(MOST.nodeTags);
          expect(node.choices?.length ?? 0).toBeLessThanOrEqual(MOST.choices);
          for (const choice of node.choices ?? []) {
            expect(choice.text.trim()).not.toBe('');
            expect(choice.text.length).toBeLessThanOrEqual(LONGEST.text);
          }
        }
        for (const variable of document.schema?.variables ?? []) {
          expect(variable.name).toMatch(SHAPES.name.pattern);
        }
      }),
      RUNS,
    );
  });

  it('is the same each time, and its passages keep their keys while they keep their names', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const first = translate(story);
        expect(translate(structuredClone(story))).toEqual(first);
        const rewritten = story.passages.map((passage) => ({ ...passage, text: 'Rewritten.' }));
        const again = translate({ ...story, format: story.format ?? 'Other', passages: rewritten });
        const same = translate({ ...story, format: story.format ?? 'Other' });
        expect(again.document.twine!.nodes).toEqual(same.document.twine!.nodes);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the Twine story whole, and tells which node each passage became', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { document, report } = translate(story);
        const keys = document.twine!.nodes;
        expect(document.twine!.story).toEqual(story);
        expect(keys).toHaveLength(story.passages.length);
        expect(keys.filter((key) => key !== null)).toEqual(document.nodes.map(({ key }) => key));
        const omitted = keys.flatMap((key, index) => (key === null ? [index] : []));
        expect(report.omitted.map(({ index }) => index)).toEqual(omitted);
      }),
      { numRuns: 300 },
    );
  });

  it('has each place of a link in the report once, with what stands there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.array(soup, { minLength: 1, maxLength: 3 }),
        (format, texts) => {
          const story = storyOf(
            format,
            Object.fromEntries(texts.map((text, i) => [`P${i}`, text])),
          );
          const { links } = translate(story).report;
          const places = links.map(({ place, source }) => JSON.stringify([place, source]));
          expect(new Set(places).size).toBe(places.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
