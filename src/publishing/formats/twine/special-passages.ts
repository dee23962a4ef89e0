import { readJsonText } from '../json-text.js';
import { isObject, readDetails, sayDetails, type StoryDetails } from './story-details.js';
import type { TwinePassage, TwineStory } from './twine-story.js';

export const TITLE = 'StoryTitle';
export const DATA = 'StoryData';
/** Where a story starts that names no passage. */
export const DEFAULT_START = 'Start';

/** The passage where a story starts, or undefined where it has none. */
export const startOf = ({ start, passages }: TwineStory): TwinePassage | undefined =>
  passages.find(({ name }) => name === (start ?? DEFAULT_START));

/**
 * The passages that say in Twee what stands beside the passages in other formats. Only the first of each name counts, and
 * only while it says the same as the story: another one is a passage like others.
 */
export const sourcesOf = (
  story: TwineStory,
): { title: TwinePassage | undefined; data: TwinePassage | undefined } => {
  const title = story.passages.find(({ name }) => name === TITLE);
  const data = story.passages.find(({ name }) => name === DATA);
  return {
    title: title?.text.trim() === story.name.trim() ? title : undefined,
    data: data && saysDetails(data, story) ? data : undefined,
  };
};

const saysDetails = ({ text }: TwinePassage, story: StoryDetails): boolean => {
  const json = readJsonText(text);
  if ('faults' in json || !isObject(json.value)) return false;
  return canonical(sayDetails(readDetails(json.value).details)) === canonical(sayDetails(story));
};

/** The same for the same JSON, in whatever order its properties are. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

export const titlePassage = (story: TwineStory): TwinePassage => ({
  name: TITLE,
  tags: [],
  text: story.name.trim(),
});

export const dataPassage = (story: StoryDetails): TwinePassage => ({
  name: DATA,
  tags: [],
  text: JSON.stringify(sayDetails(story), null, 2),
});

/**
 * Changes what a story says of itself, and with it its passages `StoryTitle` and `StoryData`, which say the same.
 * Whoever changes the story otherwise leaves them behind as passages that nothing reads.
 */
export const withDetails = (
  story: TwineStory,
  changes: Partial<Omit<TwineStory, 'passages'>>,
): TwineStory => {
  const before = sourcesOf(story);
  const changed = { ...story, ...changes };
  const after = sourcesOf(changed);
  return {
    ...changed,
    passages: story.passages.map((passage) => {
      if (passage === before.title && !after.title) {
        return { ...passage, text: titlePassage(changed).text };
      }
      if (passage === before.data && !after.data) {
        return { ...passage, text: dataPassage(changed).text };
      }
      return passage;
    }),
  };
};
