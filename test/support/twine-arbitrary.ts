import fc from 'fast-check';
import type { TwinePassage, TwineStory } from '../../src/publishing/formats/twine/twine-story.js';

/** What means something in one of the formats, or to an HTML parser. */
const HOSTILE = [
  '::',
  '\n::',
  '\\::',
  '\n\\\\::',
  '\n\uFEFF::',
  '\\',
  '[',
  ']',
  '{',
  '}',
  '[[a->b]]',
  '"',
  "'",
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\u00A0',
  '\u2028',
  '&',
  '&amp;',
  '&#13;',
  '&notit;',
  '<',
  '>',
  '<b>',
  '<!--',
  '-->',
  '<![CDATA[',
  '</tw-passagedata>',
  '<tw-passagedata pid="1" name="x">',
  '</tw-storydata>',
  '<script>',
  '</script>',
  '</style>',
  '<<set $x to 1>>',
  '(set: $x to 1)',
  'Start',
  'StoryTitle',
  '__proto__',
  'é',
  '🙂',
  '\u0301',
  '\uFEFF',
];

const hostile = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    ),
    { maxLength: 8 },
  )
  // A NUL is what no HTML file and no database can hold.
  .map((parts) => parts.join('').replaceAll('\0', ''));

const coordinate = fc.oneof(
  fc.integer({ min: -5000, max: 5000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const without = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));

interface Parts {
  readonly name: fc.Arbitrary<string>;
  readonly tag: fc.Arbitrary<string>;
  readonly text: fc.Arbitrary<string>;
  readonly metadata: fc.Arbitrary<Record<string, unknown>>;
}

const passage = ({ name, tag, text, metadata }: Parts): fc.Arbitrary<TwinePassage> =>
  fc
    .record({
      name: fc.oneof(name, fc.constantFrom('Start', 'Cellar')),
      tags: fc.array(fc.oneof(tag, fc.constantFrom('dark', 'Twine.image')), { maxLength: 3 }),
      position: optional(fc.record({ x: coordinate, y: coordinate })),
      size: optional(fc.record({ width: coordinate, height: coordinate })),
      metadata: optional(metadata),
      text,
    })
    .map((parts) => without(parts) as TwinePassage);

const story = (parts: Parts): fc.Arbitrary<TwineStory> =>
  fc
    .record({
      name: parts.name.map((name) => name.trim() || 'The Lamp'),
      ifid: optional(fc.uuid().map((id) => id.toUpperCase())),
      format: optional(fc.constantFrom('SugarCube', 'Harlowe')),
      formatVersion: optional(fc.constantFrom('2.37.3', '3.3.9')),
      tagColors: optional(
        fc
          .array(fc.tuple(parts.tag, fc.constantFrom('red', 'blue')), { minLength: 1 })
          .map((pairs) => Object.fromEntries(pairs))
          .filter((colors) => !hasBackslashInKey(colors)),
      ),
      zoom: optional(fc.double({ min: 0.1, max: 2, noNaN: true })),
      metadata: optional(parts.metadata),
      passages: fc.array(passage(parts), { minLength: 1, maxLength: 6 }),
      start: optional(fc.nat()),
    })
    .map(({ start, ...rest }) => {
      const first =
        start === undefined ? undefined : rest.passages[start % rest.passages.length]!.name;
      return without({ ...rest, start: first }) as TwineStory;
    })
    // What says the story’s name in Twee is no passage in other formats.
    .filter(
      ({ name, passages }) =>
        !passages.some((one) => one.name === 'StoryTitle' && one.text.trim() === name.trim()),
    );

const KNOWN = new Set(
  [
    'position',
    'size',
    'ifid',
    'format',
    'format-version',
    'start',
    'startnode',
    'tag-colors',
  ].concat(
    ['zoom', 'name', 'passages', 'style', 'script', 'pid', 'tags', 'text', 'metadata', 'hidden'],
    ['role', 'id', 'type'],
  ),
);

/**
 * Node.js 24 reads a key with an escape wrong after another with a backslash at the same place: after `{"\\\\": 0}` it takes
 * `{"\\n": 0}` for the same.
 */
const hasBackslashInKey = (said: unknown): boolean => {
  const keys: string[] = [];
  JSON.stringify(said, (key, value: unknown) => {
    keys.push(key);
    return value;
  });
  return keys.some((key) => key.includes('\\'));
};

const json: fc.Arbitrary<Record<string, unknown>> = fc
  .dictionary(
    fc.oneof(hostile, fc.constantFrom('creator', '__proto__')),
    fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
    { minKeys: 1, maxKeys: 3 },
  )
  .filter((said) => !hasBackslashInKey(said) && !Object.keys(said).some((key) => KNOWN.has(key)))
  .map((said) => JSON.parse(JSON.stringify(said)) as Record<string, unknown>);

/** What JSON can hold, which is all. */
export const anyStory = story({
  name: hostile,
  tag: fc.oneof(hostile, fc.constantFrom('script', 'stylesheet')),
  text: hostile,
  metadata: json,
});

const oneLine = hostile.map((text) => text.replace(/[\r\n]/g, ''));
const nonEmpty = (text: string) => text !== '';

/** What Twee can hold. */
export const tweeStory = story({
  name: oneLine,
  tag: oneLine.filter(nonEmpty),
  text: hostile.map((text) => text.replace(/(?:\n[ \t\r]*)*$/, '').replace(/^[ \t\r]+$/, '')),
  metadata: json,
});

/** What HTML can hold, beside scripts and stylesheets. */
export const htmlStory = story({
  name: hostile,
  tag: hostile.map((tag) => tag.replace(/\s/g, '')).filter(nonEmpty),
  text: hostile,
  metadata: fc
    .dictionary(fc.constantFrom('creator', 'options', 'data-x', 'x_1'), hostile.filter(nonEmpty), {
      minKeys: 1,
    })
    .map((said) => ({ ...said })),
});

/** What all formats can hold. */
export const plainStory = story({
  name: oneLine.map((name) => name.replaceAll('StoryTitle', 'Title')),
  tag: oneLine.map((tag) => tag.replace(/\s/g, '')).filter(nonEmpty),
  text: hostile.map((text) => text.replace(/\s+$/, '')),
  metadata: fc
    .dictionary(fc.constantFrom('creator', 'data-x'), hostile.filter(nonEmpty), { minKeys: 1 })
    .map((said) => ({ ...said })),
});
