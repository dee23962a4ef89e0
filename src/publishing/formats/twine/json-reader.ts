import { append } from '../append.js';
import { readJsonText } from '../json-text.js';
import { error, warning, type FileProblem, type Place, type Told } from '../place.js';
import { offsetOf, placesIn } from '../places.js';
import { codePassage, type Code } from './code-passages.js';
import { takePlacing } from './coordinates.js';
import { checkStory } from './story-check.js';
import { isObject, readDetails } from './story-details.js';
import type { ReadTwine, TwinePassage, TwineStory } from './twine-story.js';

type Path = readonly (string | number)[];
type Said = Readonly<Record<string, unknown>>;

/** Collects what is wrong, each with the path of the value that it is about. */
class Faults {
  readonly problems: FileProblem[] = [];

  constructor(readonly placeOf: (path: Path) => Place) {}

  /** What must be otherwise, so that the story is not read. */
  mustBe(path: Path, message: string): void {
    this.problems.push(error({ code: 'FAULTY_VALUE', message }, this.placeOf(path)));
  }

  warn(path: Path, told: Told): void {
    this.problems.push(warning(told, this.placeOf(path)));
  }
}

/**
 * Reads Twine 2 JSON. `style` and `script` become passages before the others. What the specification does not name is
 * kept as metadata. `start` may be the name of a passage, its `pid`, or, where there are no pids, its number.
 */
export const readTwineJson = (file: string): ReadTwine => {
  const text = file.replace(/^\uFEFF/, ' ');
  const placeAt = placesIn(text);
  const json = readJsonText(text);
  if ('faults' in json) {
    const problems = json.faults.map(({ offset, message }) =>
      error({ code: 'FAULTY_SYNTAX', message: `This is no JSON: ${message}` }, placeAt(offset)),
    );
    return { stories: [], problems, placeOf: () => undefined };
  }
  const faults = new Faults((path) => placeAt(json.offsetOf(path)));
  const read = readStory(json.value, faults);
  return {
    stories: read ? [read.story] : [],
    problems: faults.problems,
    placeOf: (_, passage, within) => {
      const path = read!.paths[passage]!;
      if (within === undefined) return faults.placeOf(path);
      // Code is the text itself.
      const textPath = path.length === 1 ? path : [...path, 'text'];
      const { text } = read!.story.passages[passage]!;
      return placeAt(json.offsetOf(textPath, offsetOf(text, within)));
    },
  };
};

interface PlacedStory {
  readonly story: TwineStory;
  /** Of each passage. */
  readonly paths: readonly Path[];
}

const readStory = (said: unknown, faults: Faults): PlacedStory | undefined => {
  if (!isObject(said)) {
    faults.mustBe([], 'This must be an object with a name and passages');
    return undefined;
  }
  const { name, passages: list, style, script, start, ...rest } = said;
  if (typeof name !== 'string') faults.mustBe(['name'], 'The story must have a "name", a text');
  if (!Array.isArray(list)) faults.mustBe(['passages'], 'The story must have "passages", a list');
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const passages = items.map((item, index) => readPassage(item, index, faults));
  const { details, faults: oddDetails } = readDetails(startsAt(rest, start, items));
  for (const { key, message } of oddDetails) {
    faults.warn([key], { code: 'FAULTY_STORY_DATA', message });
  }
  const code = [
    ...readCode(style, 'style', 'stylesheet', faults),
    ...readCode(script, 'script', 'script', faults),
  ];
  if (faults.problems.some(({ severity }) => severity === 'error')) return undefined;
  const story = {
    name: name as string,
    ...details,
    passages: [...code.map(({ passage }) => passage), ...(passages as TwinePassage[])],
  };
  const paths = [...code.map(({ path }) => path), ...items.map((_, index) => ['passages', index])];
  append(
    faults.problems,
    checkStory(story, { details: faults.placeOf([]), passages: paths.map(faults.placeOf) }),
  );
  return { story, paths };
};

/** Puts the name of the start passage for whatever names it. */
const startsAt = (rest: Said, start: unknown, items: readonly unknown[]): Said => {
  if (start === undefined) return rest;
  if (typeof start !== 'string' && typeof start !== 'number') return { ...rest, start };
  const passages = items.filter(isObject);
  const byNumber = passages.some(({ pid }) => pid !== undefined)
    ? passages.find(({ pid }) => pid === start || pid === Number(start) || Number(pid) === start)
    : passages[Number(start) - 1];
  const found = passages.find(({ name }) => name === start) ?? byNumber;
  // An empty text says that there is none.
  if (!found && start === '') return rest;
  return { ...rest, start: found?.name ?? String(start) };
};

const readCode = (
  text: unknown,
  key: string,
  code: Code,
  faults: Faults,
): { passage: TwinePassage; path: Path }[] => {
  if (text === undefined || text === '') return [];
  if (typeof text === 'string') return [{ passage: codePassage(code, text), path: [key] }];
  faults.mustBe([key], `"${key}" must be a text`);
  return [];
};

const readPassage = (said: unknown, index: number, faults: Faults): TwinePassage | undefined => {
  const path = ['passages', index];
  if (!isObject(said)) {
    faults.mustBe(path, 'A passage must be an object with name, tags and text');
    return undefined;
  }
  const { name, tags, text, metadata: _, pid: __, ...rest } = said;
  if (typeof name !== 'string')
    faults.mustBe([...path, 'name'], 'A passage must have a "name", a text');
  if (text === undefined)
    faults.warn(path, ofPassage(name, 'The passage has no "text"; it is read as an empty one'));
  else if (typeof text !== 'string') faults.mustBe([...path, 'text'], '"text" must be a text');
  const {
    placing,
    metadata: others,
    faulty,
  } = takePlacing({
    ...rest,
    ...readMetadata(said, path, faults),
  });
  for (const key of faulty) {
    const where = key in rest ? [...path, key] : [...path, 'metadata', key];
    const message = `"${key}" must be a text with two numbers, such as "600,400"`;
    faults.warn(where, ofPassage(name, message));
  }
  return {
    name: name as string,
    tags: readTags(tags, path, faults),
    ...placing,
    ...(others && { metadata: others }),
    text: (text ?? '') as string,
  };
};

const ofPassage = (name: unknown, message: string): Told => ({
  code: 'FAULTY_PASSAGE',
  message,
  ...(typeof name === 'string' && { passage: name }),
});

const readMetadata = ({ name, metadata }: Said, path: Path, faults: Faults): Said => {
  if (isObject(metadata)) return metadata;
  // Some programs write an empty text where there is none.
  if (metadata === undefined || metadata === '') return {};
  const message = '"metadata" must be an object; it is kept as it is';
  faults.warn([...path, 'metadata'], ofPassage(name, message));
  return { metadata };
};

const readTags = (tags: unknown, path: Path, faults: Faults): readonly string[] => {
  const isText = (tag: unknown): tag is string => typeof tag === 'string';
  if (Array.isArray(tags) && tags.every(isText)) return tags;
  // Some programs write them as HTML does.
  if (isText(tags)) return tags.split(/\s+/).filter((tag) => tag !== '');
  if (tags !== undefined) faults.mustBe([...path, 'tags'], '"tags" must be a list of texts');
  return [];
};
