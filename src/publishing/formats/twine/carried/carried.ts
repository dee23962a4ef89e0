import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { VariableDefinition } from '../../../../engine/core/definition.js';
import { SHAPES } from '../../../../engine/core/limits.js';
import { unstorableTexts } from '../../document-check.js';
import { readJsonText } from '../../json-text.js';
import { nodeSchema, storySchema, type Frozen } from '../../story-document.js';
import type { TwinePassage, TwineStory } from '../twine-story.js';

/** The passage that carries what of a story its other passages do not say, or would not be read from them. */
export const CARRIED = 'Talegraph rules';

const carriedNode = z.strictObject({
  passage: z.string(),
  key: z.string().regex(SHAPES.nodeKey.pattern),
  /** Of the text that it belongs to. */
  hash: z.string(),
  /** The tags that those of the node were written as, where they are carried. */
  tags: z.array(z.string()).optional(),
  /** What the node is, where its passage would be read otherwise. */
  is: nodeSchema.omit({ key: true, start: true, position: true }).partial().optional(),
  /** What its passage would be read to have, and the node has not. */
  without: z
    .array(z.enum(['tags', 'effects', 'choices', 'ending', 'endingKind', 'chapter']))
    .optional(),
});

const carriedSchema = z.strictObject({
  story: storySchema.omit({ slug: true, nodes: true, twine: true }).partial(),
  nodes: z.array(carriedNode),
});

/** What a Twine file carries of a story of Talegraph beside what Twine plays. */
export type Carried = Frozen<z.infer<typeof carriedSchema>>;
export type CarriedNode = Carried['nodes'][number];

/** A passage, and what is carried for it. */
export interface CarriedPassage {
  readonly entry: CarriedNode;
  /** Whether its text is still the one that was written. */
  readonly isIntact: boolean;
}

/** What the translation of a story goes by, beside its passages. */
export interface Known {
  /** By the index of a passage, the key of its node. */
  readonly keys: ReadonlyMap<number, string>;
  readonly variables: readonly VariableDefinition[];
}

/** What a story carries; a text says why it is not read. */
export function carriedBy({ passages }: TwineStory): Carried | string | undefined {
  const passage = passages.find(({ name }) => name === CARRIED);
  if (passage === undefined) return undefined;
  const from = passage.text.indexOf('{');
  const json = readJsonText(passage.text.slice(from, passage.text.lastIndexOf('}') + 1));
  if ('faults' in json) return json.faults[0]!.message;
  const { data, error } = carriedSchema.safeParse(json.value);
  if (error !== undefined) {
    const [issue] = error.issues;
    return `${issue!.path.join('.')}: ${issue!.message}`;
  }
  return unstorableTexts(data)[0]?.message ?? data;
}

/** What is carried for each passage, by its index: that of its own text where several have the same name. */
export function carriedPassages(
  { nodes }: Carried,
  passages: readonly TwinePassage[],
): ReadonlyMap<number, CarriedPassage> {
  const found = new Map<number, CarriedPassage>();
  const free = new Map(
    [...Map.groupBy(nodes, ({ passage }) => passage)].map(([name, all]) => [name, [...all]]),
  );
  const take = (isIntact: boolean) => {
    for (const [i, { name, text }] of passages.entries()) {
      const entries = free.get(name);
      if (entries === undefined || found.has(i)) continue;
      const hash = isIntact ? hashOfText(text) : undefined;
      const place = entries.findIndex((each) => !isIntact || each.hash === hash);
      if (place >= 0) found.set(i, { entry: entries.splice(place, 1)[0]!, isIntact });
    }
  };
  take(true);
  take(false);
  return found;
}

/** Files may differ in line ends and in blank lines at the end. */
export const hashOfText = (text: string): string =>
  createHash('sha256')
    .update(text.replaceAll('\r\n', '\n').trimEnd())
    .digest('base64url')
    .slice(0, 22);
