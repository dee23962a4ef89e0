import { plain } from './dialects/plain/translation.js';
import { sugarcube } from './dialects/sugarcube/translation.js';
import type { Dialect } from './dialects/common/dialect.js';
import { translateBy, type Translation } from './dialects/common/story.js';
import type { TwineStory } from './twine-story.js';

export type { PassageProblem, Translation } from './dialects/common/story.js';

const DIALECTS: Readonly<Record<string, Dialect>> = { sugarcube };

/**
 * Translates a Twine story into Talegraph, as far as that can be proved; all else is kept, and named in the report. Of
 * stories in a format that is not known only the links that Twine itself knows are translated.
 */
export function translate(story: TwineStory): Translation {
  const format = story.format?.toLowerCase() ?? '';
  return translateBy(Object.hasOwn(DIALECTS, format) ? DIALECTS[format]! : plain, story);
}
