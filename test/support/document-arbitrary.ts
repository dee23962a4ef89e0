import fc from 'fast-check';
import type {
  DocumentChoice,
  DocumentNode,
  DocumentTwine,
  StoryDocument,
} from '../../src/publishing/formats/story-document.js';

/** Any text that authors can write, with all that a format has to escape. */
const freeText = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength }),
      fc.constantFrom('=1+1', "'=1", '-2', '+3', '@x', 'a,"b"\r\nc', '\t=', "''@", '; \n', '[x]'),
    )
    .filter((text) => !text.includes('\0') && text.length <= maxLength);

const text = (maxLength: number) => freeText(maxLength).filter((each) => each !== '');
const trimmed = (maxLength: number) =>
  freeText(maxLength)
    .map((each) => each.trim())
    .filter((each) => each !== '');

const name = fc.stringMatching(/^[a-z][a-z0-9_]{3,9}$/).map((each) => `v${each}`);
const key = fc.stringMatching(/^[0-9A-Z][0-9A-Za-z_.-]{0,5}$/);
const decimal = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0);
const value = fc.oneof(fc.integer(), decimal, fc.boolean(), freeText(20));
const some = { requiredKeys: [] as never[] };

const effect = fc.oneof(
  fc.record({ op: fc.constantFrom('set', 'add', 'sub'), target: name, value: text(20) }),
  fc.record(
    { op: fc.constantFrom('give', 'take'), target: name, value: text(20) },
    { requiredKeys: ['op', 'target'] },
  ),
  fc.record({ op: fc.constantFrom('toggle', 'award', 'unlock'), target: name }),
);
const effects = fc.array(effect, { minLength: 1, maxLength: 3 });

const puzzle = fc.record(
  {
    kind: fc.constantFrom('text', 'number', 'sequence', 'set'),
    answers: fc.array(text(20), { minLength: 1, maxLength: 3 }),
    attempts: fc.integer({ min: 1, max: 100 }),
    hints: fc.array(text(20), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['kind', 'answers'] },
);

const choice = fc.record(
  {
    text: trimmed(40),
    to: key,
    consequences: trimmed(40),
    condition: text(20),
    lockedText: text(20),
    effects,
    check: text(20),
    puzzle,
    failTo: key,
    afterSeconds: fc.integer({ min: 1, max: 86_400 }),
  },
  { requiredKeys: ['text'] },
) as fc.Arbitrary<DocumentChoice>;

const node = fc.record(
  {
    key,
    title: trimmed(40),
    content: freeText(80),
    type: fc.constantFrom('story', 'choice', 'ending'),
    start: fc.constant(true),
    endingKind: fc.constantFrom('good', 'neutral', 'bad', 'secret'),
    ending: name,
    effects,
    position: fc.record({ x: decimal, y: decimal }),
    tags: fc.array(text(10), { minLength: 1, maxLength: 3 }),
    chapter: trimmed(20),
    choices: fc.array(choice, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['key', 'title', 'content', 'type'] },
) as fc.Arbitrary<DocumentNode>;

const named = { key: name, name: trimmed(20), description: text(20) };
const listOf = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 });
const requiredKeys = ['key', 'name'] as const;
const byName = <T>(each: fc.Arbitrary<T>) => fc.dictionary(name, each, { noNullPrototype: true });

const schema = fc.record(
  {
    variables: listOf(
      fc.record(
        {
          name,
          type: fc.constantFrom('int', 'number', 'bool', 'string'),
          initial: value,
          min: decimal,
          max: decimal,
          shown: fc.boolean(),
          readerWritable: fc.boolean(),
        },
        { requiredKeys: ['name', 'type', 'initial'] },
      ),
    ),
    items: listOf(
      fc.record(
        { ...named, max: fc.integer({ min: 1, max: 1_000_000 }) },
        { requiredKeys: [...requiredKeys] },
      ),
    ),
    stats: listOf(fc.record({ key: name, name: trimmed(20), initial: decimal })),
    protagonists: listOf(
      fc.record(
        {
          ...named,
          start: key,
          variables: byName(value),
          stats: byName(decimal),
          items: byName(fc.nat()),
        },
        { requiredKeys: [...requiredKeys] },
      ),
    ),
    endings: listOf(fc.record(named, { requiredKeys: [...requiredKeys] })),
    undo: fc.boolean(),
  },
  some,
);

const passage = fc.record(
  {
    name: freeText(20),
    tags: fc.array(freeText(10), { maxLength: 2 }),
    position: fc.record({ x: decimal, y: decimal }),
    metadata: fc.record({ position: freeText(10), other: fc.nat() }, some),
    text: freeText(60),
  },
  { requiredKeys: ['name', 'tags', 'text'] },
);

const twine = fc
  .record({ name: freeText(10), ifid: fc.uuid(), passages: fc.array(passage, { maxLength: 3 }) })
  .chain((story) =>
    fc.record({
      story: fc.constant(story),
      nodes: fc.array(fc.option(key), {
        minLength: story.passages.length,
        maxLength: story.passages.length,
      }),
    }),
  ) as fc.Arbitrary<DocumentTwine>;

/** Any document that fits the schema, sound or not; what may be left out is left out where it would be empty. */
export const anyDocument = fc.record(
  {
    slug: fc.stringMatching(/^[a-z]{1,9}(-[a-z0-9]{1,5}){0,2}$/),
    title: trimmed(40),
    description: trimmed(80),
    category: fc.stringMatching(/^[a-z]{1,9}(-[a-z0-9]{1,5}){0,2}$/),
    difficulty: fc.constantFrom('easy', 'medium', 'hard'),
    tags: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), {
      minLength: 1,
      maxLength: 4,
    }),
    language: fc.constantFrom('en', 'pt-BR'),
    spoilerGuard: fc.boolean(),
    schema,
    nodes: fc.uniqueArray(node, { maxLength: 6, selector: (each) => each.key }),
    twine,
  },
  { requiredKeys: ['title', 'nodes'] },
) as fc.Arbitrary<StoryDocument>;
