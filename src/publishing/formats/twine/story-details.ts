import type { TwineStory } from './twine-story.js';

/** What `StoryData` says in Twee; the properties of a story in JSON are called the same. */
export type StoryDetails = Omit<TwineStory, 'name' | 'passages'>;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): boolean => typeof value === 'string';

interface Rule {
  readonly field: keyof StoryDetails;
  readonly kind: string;
  readonly isOfKind: (value: unknown) => boolean;
}

const text = (field: keyof StoryDetails): Rule => ({ field, kind: 'a text', isOfKind: isText });

const RULES = new Map<string, Rule>([
  ['ifid', text('ifid')],
  ['format', text('format')],
  ['format-version', text('formatVersion')],
  ['start', text('start')],
  ['zoom', { field: 'zoom', kind: 'a number', isOfKind: (value) => typeof value === 'number' }],
  [
    'tag-colors',
    {
      field: 'tagColors',
      kind: 'an object with a colour for each tag',
      isOfKind: (value) => isObject(value) && Object.values(value).every(isText),
    },
  ],
]);

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
    const rule = RULES.get(key);
    if (rule?.isOfKind(value)) details[rule.field] = value;
    else metadata.push([key, value]);
    if (rule && !rule.isOfKind(value))
      faults.push({ key, message: `"${key}" must be ${rule.kind}` });
  }
  if (metadata.length > 0) details.metadata = Object.fromEntries(metadata);
  return { details, faults };
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
