import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentNode, StoryDocument } from '../../src/publishing/formats/story-document.js';
import { writeTwineHtml } from '../../src/publishing/formats/twine/html-writer.js';
import { writeTwineJson } from '../../src/publishing/formats/twine/json-writer.js';
import { readTwine } from '../../src/publishing/formats/twine/read-twine.js';
import { CARRIED } from '../../src/publishing/formats/twine/carried/carried.js';
import { toTwine } from '../../src/publishing/formats/twine/to-twine.js';
import { translate } from '../../src/publishing/formats/twine/translate.js';
import { writeTwee } from '../../src/publishing/formats/twine/twee-writer.js';
import type { TwineStory } from '../../src/publishing/formats/twine/twine-story.js';
import { anyDocument } from '../support/document-arbitrary.js';

const IFID = '0B6D8A4C-0F3E-5B59-9D0C-6A2F51E2C8D1';

const DOCK: DocumentNode = {
  key: 'dock',
  title: 'The Dock',
  content:
    'You have {{ coins }} coins{% if inventory.rope %} and rope{% else %}.{% endif %}\n\n*Mind* the <<gap>>, $dear.',
  type: 'choice',
  start: true,
  effects: [{ op: 'add', target: 'coins', value: '1' }],
  position: { x: 100, y: 200 },
  tags: ['by the sea', 'day'],
  chapter: 'One',
  choices: [
    { text: 'Go in', to: 'hall' },
    {
      text: 'Pay [all]',
      to: 'hall',
      condition: 'coins >= 2 && visits.dock > 1',
      effects: [
        { op: 'sub', target: 'coins', value: '2' },
        { op: 'give', target: 'rope' },
      ],
      consequences: 'They count it.',
    },
    { text: 'Jump', to: 'hall', check: '2d6 >= 9', failTo: 'dock' },
    { text: 'Wait' },
  ],
};

const HALL: DocumentNode = {
  key: 'hall',
  title: 'Hall: [[x]]',
  content: 'The end.',
  type: 'ending',
  endingKind: 'good',
};

const HARBOUR: StoryDocument = {
  title: 'Harbour',
  schema: {
    variables: [{ name: 'coins', type: 'int', initial: 3, min: 0, max: 9 }],
    items: [{ key: 'rope', name: 'Rope' }],
  },
  nodes: [DOCK, HALL],
};

/** Without what is carried beside the passages, which `carried.spec.ts` looks at. */
const plainly = ({ passages, ...story }: TwineStory): TwineStory => ({
  ...story,
  passages: passages.filter(({ name }) => name !== CARRIED),
});

const textOf = ({ passages }: TwineStory, name: string) =>
  passages.find((passage) => passage.name === name)?.text;

describe('a story that came from nowhere', () => {
  const twine = plainly(toTwine(HARBOUR, IFID));

  it('is written for SugarCube, with the name it is given for good', () => {
    const { passages: _, ...details } = twine;
    expect(details).toEqual({
      name: 'Harbour',
      format: 'SugarCube',
      formatVersion: '2.37.3',
      start: 'The Dock',
      ifid: IFID,
    });
  });

  it('has a passage for each node, and one that sets what they speak of', () => {
    expect(twine.passages.map(({ text: _, ...passage }) => passage)).toEqual([
      { name: 'Talegraph start', tags: ['init'] },
      { name: 'The Dock', tags: ['by-the-sea', 'day'], position: { x: 100, y: 200 } },
      { name: 'hall', tags: [] },
    ]);
    expect(textOf(twine, 'Talegraph start')).toBe('<<set $coins to 3>>\n<<set $item_rope to 0>>');
  });

  it('has its rules as SugarCube says them, and the rest in marked comments', () => {
    expect(textOf(twine, 'The Dock')).toBe(
      [
        '<<set $coins to Math.min(9, Math.max(0, ($coins + 1)))>>You have <<print $coins>> coins<<if ($item_rope !== 0)>> and rope<<else>>.<</if>>',
        '',
        '*Mind* the &#60;&#60;gap>>, &#36;dear.',
        '',
        '[[Go in->hall]]',
        '<<if (($coins >= 2) && (visited("The Dock") > 1))>><<link [[Pay (all)->hall]]>><<set $coins to Math.min(9, Math.max(0, ($coins - 2)))>><<set $item_rope to Math.max(0, ($item_rope + 1))>><</link>> /% talegraph: {"text":"Pay [all]"} %/ /% talegraph: {"consequences":"They count it."} %/<</if>>',
        '[[Jump->hall]] /% talegraph: {"check":"2d6 \\u003e= 9","failTo":"The Dock"} %/',
        'Wait /% talegraph: {"choice":"Wait"} %/',
        '',
        '/% talegraph: {"chapter":"One"} %/',
      ].join('\n'),
    );
    expect(textOf(twine, 'hall')).toBe(
      'The end.\n\n/% talegraph: {"title":"Hall: [\\u005bx]]","type":"ending","endingKind":"good"} %/',
    );
  });
});

describe('a text', () => {
  const written = (content: string, format = 'SugarCube') => {
    const nodes = [{ ...DOCK, content, effects: [], choices: [], chapter: undefined! }];
    const twine = { story: { name: 'H', format, passages: [] }, nodes: [] };
    return textOf(toTwine({ ...HARBOUR, nodes, twine }, IFID), 'The Dock');
  };

  it.each([
    [
      '{% if coins == 1 and inventory.rope %}a{% elsif coins > 2 %}b{% endif %}',
      '<<if (($coins === 1) && ($item_rope !== 0))>>a<<elseif ($coins > 2)>>b<</if>>',
    ],
    [
      '{% unless coins %}a{% else %}b{% endunless %}c',
      '/% talegraph: "{% unless coins %}" %/a/% talegraph: "{% else %}" %/b/% talegraph: "{% endunless %}" %/c',
    ],
    [
      '{% if coins | plus: 1 %}a{% endif %}',
      '/% talegraph: "{% if coins | plus: 1 %}" %/a/% talegraph: "{% endif %}" %/',
    ],
    [
      '{% if coins %}a{% elsif coins contains 2 %}b{% else %}c{% endif %}',
      '<<if ($coins !== 0)>>a<<elseif false>>/% talegraph: "{% elsif coins contains 2 %}" %/b<<else>>c<</if>>',
    ],
    ['{{ coins | times: 2 }}', '/% talegraph: "{{ coins | times: 2 }}" %/'],
    ['{% raw %}{{{% endraw %}\\* \\[\\[a]]', '{{* &#91;&#91;a]]'],
    ['{%- if coins == 1 -%}a{%- endif -%}', '<<if ($coins === 1)>>a<</if>>'],
    ['Say """//hi//"""', 'Say &#34;&#34;&#34;//hi//&#34;&#34;&#34;'],
    [
      '{% comment %}mine %/ <b>{% endcomment %}',
      '/% talegraph: "{% comment %}mine %\\/ \\u003cb\\u003e{% endcomment %}" %/',
    ],
  ])('that says %s says it in SugarCube', (content, expected) => {
    expect(written(content)).toBe(expected);
  });

  it('is written in the format of its source: Harlowe, or one that gets no rules', () => {
    const content = 'I have {{ coins }}{% if coins > 1 or inventory.rope %} [now]{% endif %}.';
    expect(written(content, 'Harlowe')).toBe(
      'I have (print: $coins)(if: (($coins > 1) or ($item_rope is not 0)))[ &#91;now&#93;].',
    );
    expect(written(content, 'Chapbook')).toBe(
      'I have <!-- talegraph: "{{ coins }}" --><!-- talegraph: "{% if coins \\u003e 1 or inventory.rope %}" --> [now]<!-- talegraph: "{% endif %}" -->.',
    );
  });

  it('has no macros of Harlowe, however they are spaced', () => {
    expect(written('a ( set : $b) (née: c) (d)', 'Harlowe')).toBe(
      'a &#40; set : &#36;b) &#40;née: c) (d)',
    );
  });

  it('is written in time linear in its length', () => {
    const before = process.cpuUsage();
    const spaces = ' '.repeat(200_000);
    expect(written(`{{ coins |${spaces}plus: 1 }}{% if coins${spaces}| plus: 1 %}`)).toContain(
      '%/',
    );
    // Tens of seconds where it is quadratic.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });
});

describe('a story that was imported', () => {
  const SOURCE: TwineStory = {
    name: 'Old Harbour',
    ifid: 'AAAAAAAA-1111-4222-8333-BBBBBBBBBBBB',
    format: 'SugarCube',
    formatVersion: '2.30.0',
    start: 'dock side',
    passages: [
      { name: 'StoryInit', tags: [], text: '<<set $coins to 3>>' },
      { name: 'Script', tags: ['script'], text: 'Macro.add("wave", {});' },
      {
        name: 'dock side',
        tags: ['a'],
        position: { x: 1, y: 2 },
        text: '<<wave 3>>Hello\n[[Go|inner hall]]',
      },
      { name: 'inner hall', tags: [], text: 'The //end//.' },
      { name: 'lost', tags: [], text: 'Its node was deleted.' },
    ],
  };
  const imported = (changes: Partial<StoryDocument> = {}, edited: readonly string[] = []) =>
    plainly(
      toTwine(
        {
          ...HARBOUR,
          twine: { story: SOURCE, nodes: [null, null, 'dock', 'hall', 'gone'], edited },
          nodes: [{ ...DOCK, position: { x: 1, y: 2 } }, HALL],
          ...changes,
        },
        IFID,
      ),
    );

  it('comes out as it came in, without the passages of deleted nodes', () => {
    expect(imported()).toEqual({ ...SOURCE, passages: SOURCE.passages.slice(0, 4) });
  });

  it('has changed nodes anew under their names, with code that was kept where it stood, and new ones at the end', () => {
    const dock = {
      ...DOCK,
      content: '{% comment %}<<wave 3>>{% endcomment %}Hello \\*there\\*',
      effects: [],
      choices: [
        { text: 'Up', to: 'tower' },
        { text: 'Go', to: 'hall' },
      ],
    };
    const tower: DocumentNode = {
      ...HALL,
      key: 'tower',
      title: 'inner hall',
      content: '{{ coins }}{{ rings }}',
    };
    const schema = {
      ...HARBOUR.schema,
      variables: [
        ...HARBOUR.schema!.variables!,
        { name: 'rings', type: 'int', initial: 5 } as const,
      ],
    };
    const { passages, ...details } = imported({ schema, nodes: [dock, HALL, tower] }, ['dock']);
    expect(details).toEqual({ ...SOURCE, passages: undefined });
    expect(passages).toEqual([
      { name: 'Talegraph start', tags: ['init'], text: '<<set $rings to 5>>' },
      SOURCE.passages[0],
      SOURCE.passages[1],
      {
        ...SOURCE.passages[2],
        position: { x: 100, y: 200 },
        text: '<<wave 3>>Hello *there*\n\n[[Up->tower]]\n[[Go->inner hall]]\n\n/% talegraph: {"title":"The Dock","chapter":"One"} %/',
      },
      SOURCE.passages[3],
      {
        name: 'tower',
        tags: [],
        text: '<<print $coins>><<print $rings>>\n\n/% talegraph: {"title":"inner hall","type":"ending","endingKind":"good"} %/',
      },
    ]);
  });

  it('starts where the draft starts', () => {
    const nodes = [
      { ...DOCK, start: false },
      { ...HALL, start: true },
    ];
    expect(imported({ nodes }).start).toBe('inner hall');
  });
});

describe.each([
  ['Twee 3', writeTwee],
  ['Twine 2 HTML', writeTwineHtml],
  ['Twine 2 JSON', writeTwineJson],
])('any story as %s', (_, write) => {
  /** The document as an import of the file would make it: its passages are those of the file, and none was edited. */
  const imported = (document: StoryDocument, file: string): StoryDocument => {
    const { stories } = readTwine(file);
    const names = new Map(document.nodes.map(({ key, title }) => [title, key]));
    const keys = new Set(document.nodes.map(({ key }) => key));
    const story = stories[0]!;
    const nodes = story.passages.map(
      ({ name }) => names.get(name) ?? (keys.has(name) ? name : null),
    );
    return { ...document, twine: { story, nodes } };
  };

  it('is the same file again after it was imported and exported', () => {
    fc.assert(
      fc.property(anyDocument, (drawn) => {
        const { twine: _twine, ...document } = {
          ...drawn,
          // An import has the passage's place for its node.
          nodes: drawn.nodes.map(({ position: __, ...node }) => node),
        };
        const file = write(toTwine(document, IFID));
        const again = imported(document, file);
        expect(write(toTwine(again, IFID))).toBe(write(again.twine!.story));
        expect(write(toTwine(imported(again, write(again.twine!.story)), IFID))).toBe(
          write(again.twine!.story),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('has a passage of its own for each node, and links that lead there', () => {
    fc.assert(
      fc.property(anyDocument, ({ twine: _twine, ...document }) => {
        const { stories } = readTwine(write(toTwine(document, IFID)));
        const names = stories[0]?.passages.map(({ name }) => name) ?? [];
        const own = names.filter(
          (name) => !['StoryTitle', 'StoryData', 'Talegraph start', CARRIED].includes(name),
        );
        expect(new Set(own).size).toBe(own.length);
        expect(own).toHaveLength(document.nodes.length);
        for (const { text } of stories[0]?.passages ?? []) {
          for (const [, target] of text.matchAll(/\[\[[^[\]]*->([^[\]]*)\]\]/g))
            expect(names).toContain(target);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a link to a passage that there is not', () => {
  it.each(['[[Missing place]]', '[[Look->Missing place]]', '[[Look|Missing place]]'])(
    '%s stays when its passage is written anew',
    (link) => {
      const source: TwineStory = {
        ...{ name: 'A', format: 'Harlowe', start: 'Here' },
        passages: [{ name: 'Here', tags: [], text: `Words.\n${link}` }],
      };
      const { document } = translate(source);
      const nodes = [{ ...document.nodes[0]!, content: 'Other words.' }];
      const twine = { ...document.twine!, edited: ['Here'] };
      expect(textOf(toTwine({ ...document, nodes, twine }, IFID), 'Here')).toBe(
        `Other words.\n\n${link}\n\n<!-- talegraph: {"type":"story"} -->`,
      );
    },
  );
});

describe('a link to a passage that brackets cannot name', () => {
  const NAMES = ['a->b', 'a|b', 'a]]b', ' a', '$a', 'a<-b'];

  it.each(['SugarCube', 'Harlowe', 'Snowman'])('leads there in %s', (format) => {
    const passages = NAMES.map((name) => ({ name, tags: [], text: '' }));
    const source: TwineStory = {
      ...{ name: 'A', format, start: 'Here' },
      passages: [{ name: 'Here', tags: [], text: 'Words.' }, ...passages],
    };
    const { document } = translate(source);
    const to = document.twine!.nodes as readonly string[];
    const [here, ...others] = document.nodes;
    const choices = to.slice(1).map((key, i) => ({ text: `Go ${i}`, to: key }));
    const edited = { ...document.twine!, edited: ['Here'] };
    const written = toTwine(
      { ...document, nodes: [{ ...here!, choices }, ...others], twine: edited },
      IFID,
    );
    expect(translate(written).document.nodes[0]!.choices).toEqual(choices);
  });
});
