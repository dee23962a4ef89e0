import type { TwineStory } from './twine-story.js';

/** What `StoryData` says in Twee; the properties of a story in JSON are called the same. */
export type StoryDetails = Omit<TwineStory, 'name' | 'passages'>;

const TEXTS = {
  ifid: 'ifid',
  format: 'format',
  'format-version': 'formatVersion',
  start: 'start',
} as const;

/**
 * Reads the details of a story. What is unknown goes into `metadata`, and so does what is known but of another kind
 * than it must be, so that nothing is lost.
 */
export const readDetails = (
  said: Readonly<Record<string, unknown>>,
): { details: StoryDetails; faults: readonly { key: string; message: string }[] } => {
  const details: Record<string, unknown> = {};
  const metadata: [string, unknown][] = [];
  const faults: { key: string; message: string }[] = [];
  for (const [key, value] of Object.entries(said)) {
    const [field, wanted, isGood] = rule(key, value);
    if (field && isGood) details[field] = value;
    else metadata.push([key, value]);
    if (field && !isGood) faults.push({ key, message: `"${key}" must be ${wanted}` });
  }
  if (metadata.length > 0) details.metadata = Object.fromEntries(metadata);
  return { details, faults };
};

const rule = (key: string, value: unknown): [keyof StoryDetails | undefined, string, boolean] => {
  if (Object.hasOwn(TEXTS, key)) {
    return [TEXTS[key as keyof typeof TEXTS], 'a text', typeof value === 'string'];
  }
  if (key === 'zoom') return ['zoom', 'a number', typeof value === 'number'];
  if (key === 'tag-colors') {
    const isGood = isObject(value) && Object.values(value).every((to) => typeof to === 'string');
    return ['tagColors', 'an object with a colour for each tag', isGood];
  }
  return [undefined, '', false];
};

/** The details as a file says them, those that are known first. */
export const sayDetails = (story: StoryDetails): Readonly<Record<string, unknown>> => {
  const known = Object.fromEntries(
    Object.entries({
      ifid: story.ifid,
      format: story.format,
      'format-version': story.formatVersion,
      start: story.start,
      'tag-colors': story.tagColors,
      zoom: story.zoom,
    }).filter(([, value]) => value !== undefined),
  );
  return { ...known, ...story.metadata, ...known };
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
