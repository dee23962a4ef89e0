import { z } from 'zod';
import { LONGEST_EXPRESSION } from '../../engine/core/expressions/expression.js';
import { LONGEST_TEXT } from '../../engine/core/layout.js';
import { isReserved, LONGEST, MOST, RESERVED_NAME, SHAPES } from '../../engine/core/limits.js';

/**
 * The schema of story documents: it gives them their types, checks them, and is published as JSON Schema. Its bounds
 * are those of the API’s inputs, and it takes white space away where these do.
 */

/** Characters as the API counts them: those outside the BMP, and those with a variation selector, are one. */
const sizeOf = (text: string): number =>
  text.length -
  (text.match(/[^\uFE0F\uFE0E][\uFE0F\uFE0E]/g)?.length ?? 0) -
  (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);

const lengthRule = (least: number, most: number): string =>
  least === 0
    ? `must not have more than ${most} characters`
    : `must not be empty, nor have more than ${most} characters`;

const bounded = (base: z.ZodString, least: number, most: number) =>
  base
    .refine((text) => text.length >= least && (text.length <= most || sizeOf(text) <= most), {
      error: lengthRule(least, most),
    })
    .meta({ ...(least > 0 && { minLength: least }), maxLength: most });

const text = (least: number, most: number) => bounded(z.string(), least, most);
const trimmed = (least: number, most: number) => bounded(z.string().trim(), least, most);
const shaped = ({ pattern, message }: { pattern: RegExp; message: string }) =>
  z.string().trim().regex(pattern, { error: message });
const lower = ({ pattern, message }: { pattern: RegExp; message: string }) =>
  z.string().trim().toLowerCase().regex(pattern, { error: message });

const name = shaped(SHAPES.name).refine((name) => !isReserved(name), { error: RESERVED_NAME });
const nodeKey = shaped(SHAPES.nodeKey);
const expression = text(1, LONGEST_EXPRESSION);
const value = z.union([z.number(), z.boolean(), text(0, LONGEST_TEXT)], {
  error: `must be a number, true or false, or a text of at most ${LONGEST_TEXT} characters`,
});

const OPS = ['set', 'add', 'sub', 'give', 'take', 'toggle', 'award', 'unlock'];

const effect = z
  .discriminatedUnion(
    'op',
    [
      z.strictObject({ op: z.enum(['set', 'add', 'sub']), target: z.string(), value: expression }),
      z.strictObject({
        op: z.enum(['give', 'take']),
        target: z.string(),
        value: expression.optional(),
      }),
      z.strictObject({ op: z.enum(['toggle', 'award', 'unlock']), target: z.string() }),
    ],
    {
      error: `must have an op of ${OPS.join(', ')}`,
    },
  )
  .meta({ id: 'Effect', description: 'One change of the state. `value` is a CEL expression.' });

const effects = z.array(effect).max(MOST.effects);

const puzzle = z
  .strictObject({
    kind: z.enum(['text', 'number', 'sequence', 'set']),
    answers: z.array(text(1, LONGEST.answer)).min(1).max(MOST.answers),
    attempts: z.int().min(1).max(MOST.attempts).optional(),
    hints: z.array(text(1, LONGEST.hint)).max(MOST.hints).optional(),
  })
  .meta({ id: 'Puzzle', description: 'A question that the reader must answer.' });

const mediaUse = z
  .strictObject({
    media: nodeKey.describe('The key of one of the media of the story.'),
    alt: trimmed(0, LONGEST.altText)
      .optional()
      .describe('What it shows or says here, for those who do not see or hear it.'),
  })
  .meta({ id: 'MediaUse', description: 'An image to show or a recording to play.' });

const image = mediaUse
  .nullable()
  .optional()
  .describe('What is shown with it. Left out, it stays as it is; null takes it away.');

const audio = mediaUse
  .nullable()
  .optional()
  .describe('What is played with it. Left out, it stays as it is; null takes it away.');

const medium = z
  .strictObject({
    key: nodeKey.describe('Unique among the media of the story.'),
    kind: z.enum(['image', 'audio']),
    filename: text(1, LONGEST.filename).describe('Such as map.png: what it is, its content tells.'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'must have 64 hexadecimal digits in lower case' })
      .optional()
      .describe('Of its bytes: a medium that is there already is found by it.'),
    data: z
      .string()
      .optional()
      .describe('Its bytes in base64, with padding and without line breaks.'),
  })
  .meta({ id: 'Medium', description: 'An image or a recording that the story goes by.' });

const choice = z
  .strictObject({
    text: trimmed(1, LONGEST.text),
    to: nodeKey
      .optional()
      .describe('The key of the node it leads to; left out while that is open.'),
    consequences: trimmed(0, LONGEST.consequences).optional(),
    condition: expression.optional(),
    lockedText: text(1, LONGEST.lockedText).optional(),
    effects: effects.optional(),
    check: expression.optional(),
    puzzle: puzzle.optional(),
    failTo: nodeKey.optional(),
    afterSeconds: z.number().min(1).max(MOST.seconds).optional(),
  })
  .meta({ id: 'Choice', description: 'A way on from a node. Letters follow from the order.' });

export const nodeSchema = z
  .strictObject({
    key: nodeKey.describe('Unique in the story.'),
    title: trimmed(1, LONGEST.title),
    content: text(0, LONGEST.content).describe('Markdown with Liquid.'),
    type: z.enum(['story', 'choice', 'ending']),
    start: z.boolean().optional().describe('Whether the story starts here.'),
    endingKind: z.enum(['good', 'neutral', 'bad', 'secret']).optional(),
    ending: z
      .string()
      .optional()
      .describe('The key of the declared ending that is collected here.'),
    effects: effects.optional(),
    image,
    audio,
    position: z.strictObject({ x: z.number(), y: z.number() }).optional(),
    tags: z.array(text(1, LONGEST.tag)).max(MOST.nodeTags).optional(),
    chapter: trimmed(0, LONGEST.chapter).optional(),
    choices: z.array(choice).max(MOST.choices).optional(),
  })
  .meta({ id: 'Node', description: 'A node of the story.' });

const named = { key: name, name: trimmed(1, LONGEST.name) };
const about = text(0, LONGEST.about).optional();
const collectible = z
  .strictObject({ ...named, description: about })
  .meta({ id: 'Collectible', description: 'An artifact or an ending that readers collect.' });

const variable = z.strictObject({
  name,
  type: z.enum(['int', 'number', 'bool', 'string']),
  initial: value,
  min: z.number().optional(),
  max: z.number().optional(),
  shown: z.boolean().optional(),
  readerWritable: z.boolean().optional(),
});

const protagonist = z.strictObject({
  ...named,
  description: about,
  start: nodeKey.optional().describe('The key of the node they begin at.'),
  variables: z.record(z.string(), value).optional(),
  stats: z.record(z.string(), z.number()).optional(),
  items: z.record(z.string(), z.number()).optional(),
});

const achievement = z
  .strictObject({
    ...named,
    description: about,
    secret: z
      .boolean()
      .optional()
      .describe('Whether readers see what it is only once they earn it.'),
    artifacts: z.array(name).max(MOST.artifacts).optional(),
    endings: z.array(name).max(MOST.endings).optional(),
  })
  .meta({
    id: 'Achievement',
    description: 'What readers earn by collecting all the artifacts and endings that it names.',
  });

const declarations = z
  .strictObject({
    variables: z.array(variable).max(MOST.variables).optional(),
    items: z
      .array(
        z.strictObject({
          ...named,
          description: about,
          max: z.int().min(1).max(MOST.carried).optional(),
        }),
      )
      .max(MOST.items)
      .optional(),
    stats: z
      .array(
        z.strictObject({
          ...named,
          initial: z.number(),
          min: z.number().optional(),
          max: z.number().optional(),
        }),
      )
      .max(MOST.stats)
      .optional(),
    protagonists: z.array(protagonist).max(MOST.protagonists).optional(),
    artifacts: z.array(collectible).max(MOST.artifacts).optional(),
    endings: z.array(collectible).max(MOST.endings).optional(),
    achievements: z.array(achievement).max(MOST.achievements).optional(),
    undo: z.boolean().optional().describe('Whether readers may take back choices.'),
  })
  .meta({ id: 'Declarations', description: 'What the story declares for its rules to work on.' });

const anything = z.record(z.string(), z.unknown());

const passage = z.strictObject({
  name: z.string(),
  tags: z.array(z.string()),
  position: z.strictObject({ x: z.number(), y: z.number() }).optional(),
  size: z.strictObject({ width: z.number(), height: z.number() }).optional(),
  metadata: anything.optional(),
  text: z.string(),
});

const twineStory = z.strictObject({
  name: z.string(),
  ifid: z.string().optional(),
  format: z.string().optional(),
  formatVersion: z.string().optional(),
  start: z.string().optional(),
  tagColors: z.record(z.string(), z.string()).optional(),
  zoom: z.number().optional(),
  metadata: anything.optional(),
  passages: z.array(passage),
});

const twine = z
  .strictObject({
    story: twineStory,
    nodes: z
      .array(z.string().nullable())
      .describe('A passage each, in order: the key of its node, or null where it became none.'),
    edited: z
      .array(z.string())
      .optional()
      .describe('The keys of nodes edited since: their passages no longer tell what they are.'),
  })
  .refine(({ story, nodes }) => nodes.length === story.passages.length, {
    path: ['nodes'],
    error: 'must have one entry for each passage',
  })
  .meta({
    id: 'Twine',
    description:
      'The Twine story that this one was imported from, whole: what was not translated comes out again from it.',
  });

export const storySchema = z
  .strictObject({
    slug: bounded(z.string(), 1, LONGEST.slug)
      .regex(SHAPES.slug.pattern, { error: SHAPES.slug.message })
      .optional()
      .describe('Names the story among its author’s, so that importing it again updates it.'),
    title: trimmed(1, LONGEST.title),
    description: trimmed(1, LONGEST.description).optional(),
    category: bounded(lower(SHAPES.category), 1, LONGEST.category).optional(),
    difficulty: z.enum(['easy', 'medium', 'hard']).optional(),
    tags: z
      .array(lower(SHAPES.storyTag))
      .overwrite((tags) => [...new Set(tags)])
      .max(MOST.storyTags)
      .optional(),
    language: shaped(SHAPES.language).optional().describe('A BCP 47 tag, such as en.'),
    spoilerGuard: z.boolean().optional(),
    cover: image,
    media: z.array(medium).max(MOST.media).optional(),
    schema: declarations.optional(),
    nodes: z.array(nodeSchema),
    twine: twine.optional(),
  })
  .meta({
    id: 'Story',
    description: 'A story: everything that its author wrote, with nodes named by their keys.',
  });

/** A value that nobody changes. */
export type Frozen<T> = T extends readonly (infer Each)[]
  ? readonly Frozen<Each>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/**
 * A story as it goes in and out: everything that its author wrote, with nodes named by their keys instead of ids. It is
 * what Talegraph JSON holds; every other format is read into it and written from it.
 */
export type StoryDocument = Frozen<z.infer<typeof storySchema>>;

/** What a story declares. Protagonists start at the node with the key `start`. */
export type DocumentSchema = NonNullable<StoryDocument['schema']>;

export type DocumentNode = StoryDocument['nodes'][number];

/** One of the images and recordings of a story. */
export type DocumentMedium = NonNullable<StoryDocument['media']>[number];

/** A medium where it is shown or played. */
export type DocumentMediaUse = NonNullable<DocumentNode['image']>;

/** The rules are the engine’s; the nodes that a choice leads to go by their keys. */
export type DocumentChoice = NonNullable<DocumentNode['choices']>[number];

/** A Twine story, and which node each of its passages became. */
export type DocumentTwine = NonNullable<StoryDocument['twine']>;
