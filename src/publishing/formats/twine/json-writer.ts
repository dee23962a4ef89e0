import { sayPlacing } from './coordinates.js';
import { isPlainCode, type Code } from './code-passages.js';
import { sourcesOf } from './special-passages.js';
import { sayDetails } from './story-details.js';
import type { TwinePassage, TwineStory } from './twine-story.js';

/**
 * Writes Twine 2 JSON. The first script and the first stylesheet that have no more to say than their text become `script`
 * and `style`; other ones stay passages with their tags.
 */
export const writeTwineJson = (story: TwineStory): string => {
  const { title, data } = sourcesOf(story);
  const firstPlain = (code: Code) => story.passages.find((passage) => isPlainCode(passage, code));
  const style = firstPlain('stylesheet');
  const script = firstPlain('script');
  const apart = new Set([title, data, style, script]);
  const said = { name: story.name, ...sayDetails(story) };
  return JSON.stringify(
    {
      ...said,
      ...(style && { style: style.text }),
      ...(script && { script: script.text }),
      passages: story.passages.filter((passage) => !apart.has(passage)).map(sayPassage),
    },
    null,
    2,
  );
};

const sayPassage = (passage: TwinePassage) => {
  const metadata = sayPlacing(passage);
  return {
    name: passage.name,
    tags: passage.tags,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    text: passage.text,
  };
};
