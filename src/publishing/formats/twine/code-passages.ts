import type { TwinePassage } from './twine-story.js';

/** The tag of a passage that holds code for the story as a whole. */
export type Code = 'script' | 'stylesheet';

/** What such passages are called where they stand as elements or properties without a name. */
const NAMES = { script: 'StoryScript', stylesheet: 'StoryStylesheet' } as const;

/** A passage with both tags is none, as in Twine. */
export const codeOf = ({ tags }: TwinePassage): Code | undefined => {
  const isScript = tags.includes('script');
  if (isScript === tags.includes('stylesheet')) return undefined;
  return isScript ? 'script' : 'stylesheet';
};

export const codePassage = (code: Code, text: string): TwinePassage => ({
  name: NAMES[code],
  tags: [code],
  text,
});

/** Whether a passage is what `codePassage` makes of its text, which is not empty. */
export const isPlainCode = (passage: TwinePassage, code: Code): boolean =>
  passage.text !== '' &&
  passage.name === NAMES[code] &&
  passage.tags.length === 1 &&
  passage.tags[0] === code &&
  !passage.position &&
  !passage.size &&
  !passage.metadata;
