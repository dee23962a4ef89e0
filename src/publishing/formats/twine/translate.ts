import { chapbook } from './dialects/chapbook/translation.js';
import { CARRIED, carriedBy, carriedPassages, type Known } from './carried/carried.js';
import { restored } from './carried/restore.js';
import type { Dialect } from './dialects/common/dialect.js';
import { translateBy, warning, type Translation } from './dialects/common/story.js';
import { harlowe } from './dialects/harlowe/translation.js';
import { plain } from './dialects/plain/translation.js';
import { snowman } from './dialects/snowman/translation.js';
import { sugarcube } from './dialects/sugarcube/translation.js';
import { DEFAULT_START } from './special-passages.js';
import type { TwineStory } from './twine-story.js';

export type { PassageProblem, Translation } from './dialects/common/story.js';

/**
 * Translates a Twine story into Talegraph, as far as that can be proved; all else is kept, and named in the report. Of
 * stories in a format that is not known only the links that Twine itself knows are translated. What Talegraph had the
 * story carry comes back where its passages are still as they were written.
 */
export function translate(story: TwineStory): Translation {
  const carried = carriedBy(story);
  if (carried === undefined) return translateKnowing(story, NOTHING);
  if (typeof carried === 'string') {
    const { problems, ...translation } = translateKnowing(story, NOTHING);
    const message = `The passage ${CARRIED} is not as Talegraph wrote it (${carried}): the rules that it holds are left out.`;
    const problem = warning({ code: 'LOST_RULE', message });
    return { ...translation, problems: [problem, ...problems] };
  }
  const passages = carriedPassages(carried, story.passages);
  const keys = new Map([...passages].map(([i, { entry }]) => [i, entry.key]));
  const { variables = [] } = carried.story.schema ?? {};
  return restored(translateKnowing(story, { keys, variables }), carried, passages);
}

const NOTHING: Known = { keys: new Map(), variables: [] };

/** Translates what the passages of a story say alone. */
export const translateKnowing = (story: TwineStory, known: Known): Translation => {
  const format = formatOf(story);
  const translation = translateBy(dialectOf(format, story), story, known);
  if (story.format?.trim() || format === undefined) return translation;
  const message = `The story names no format; it is read as ${format}.`;
  const fix = 'Name it in the "format" of the story.';
  const problem = warning({ code: 'UNKNOWN_STORY_FORMAT', message, fix });
  return { ...translation, problems: [problem, ...translation.problems] };
};

/** Which of several passages with the same name links lead to. */
export const linksLeadTo = (story: TwineStory): Dialect['duplicates'] =>
  dialectOf(formatOf(story), story).duplicates;

const formatOf = (story: TwineStory): string | undefined => story.format?.trim() || guessed(story);

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
