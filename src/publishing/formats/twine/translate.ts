import { chapbook } from './dialects/chapbook/translation.js';
import type { Dialect } from './dialects/common/dialect.js';
import { translateBy, type Translation } from './dialects/common/story.js';
import { harlowe } from './dialects/harlowe/translation.js';
import { plain } from './dialects/plain/translation.js';
import { snowman } from './dialects/snowman/translation.js';
import { sugarcube } from './dialects/sugarcube/translation.js';
import { DEFAULT_START } from './special-passages.js';
import type { TwineStory } from './twine-story.js';

export type { PassageProblem, Translation } from './dialects/common/story.js';

/**
 * Translates a Twine story into Talegraph, as far as that can be proved; all else is kept, and named in the report. Of
 * stories in a format that is not known only the links that Twine itself knows are translated.
 */
export const translate = (story: TwineStory): Translation => {
  const format = story.format?.trim() || guessed(story);
  const translation = translateBy(dialectOf(format, story), story);
  if (story.format?.trim() || format === undefined) return translation;
  const message = `The story names no format; it is read as ${format}.`;
  return {
    ...translation,
    problems: [{ severity: 'warning', message }, ...translation.problems],
  };
};

function dialectOf(format: string | undefined, { start }: TwineStory): Dialect {
  switch (format?.toLowerCase()) {
    case 'harlowe':
      return harlowe;
    case 'sugarcube':
      return sugarcube;
    case 'chapbook':
      return chapbook(start ?? DEFAULT_START);
    case 'snowman':
      return snowman;
    default:
      return plain;
  }
}

/** What only one format writes. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  SugarCube: /<<(?:set|if|link|button|goto|include|run|script|widget|print)\b[^>]/,
  Harlowe: /\((?:set|if|link-goto|goto|link|display|print):/i,
  Snowman: /<%[=\s]/,
  Chapbook: /\{(?:embed passage|reveal link|restart link)|^\[(?:if |unless |continued?\])/m,
};

/** The format of a story that names none, where its passages have the signs of one alone. */
function guessed({ passages }: TwineStory): string | undefined {
  const found = Object.entries(SIGNS).filter(([, sign]) =>
    passages.some(({ text }) => sign.test(text)),
  );
  return found.length === 1 ? found[0]![0] : undefined;
}
