import { z } from 'zod';
import { checkDocument, inFile, problemAt, titleOf } from '../document-check.js';
import { readJsonText } from '../json-text.js';
import {
  error,
  type Fault,
  type FileProblem,
  type Path,
  type Place,
  type ReadStories,
  type ReadStory,
} from '../place.js';
import { offsetOf, placesIn } from '../places.js';
import { storySchema, type StoryDocument } from '../story-document.js';
import { repeatedFields } from './repeated-fields.js';

const FORMAT = 'talegraph';
const VERSION = 1;

/** The most stories in one file. */
const MOST_STORIES = 1000;

const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  stories: z.array(storySchema).max(MOST_STORIES),
});

/** The JSON Schema of Talegraph JSON. */
export const talegraphJsonSchema = (): object => ({
  title: 'Talegraph JSON',
  ...z.toJSONSchema(z.union([fileSchema, storySchema]), { io: 'input' }),
});

/** Writes stories as Talegraph JSON; reading that gives the same stories again. */
export const writeTalegraphJson = (stories: readonly StoryDocument[]): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, stories }, undefined, 2)}\n`;

/** Reads a file of Talegraph JSON: many stories, or a single story by itself. */
export function readTalegraphJson(file: string): ReadStories<StoryDocument> {
  const text = file.replace(/^\uFEFF/, ' ');
  const json = readJsonText(text);
  const placeAt = placesIn(text);
  const faults = 'faults' in json ? json.faults : [];
  const repeated = 'faults' in json ? [] : repeatedFields(text);
  if ('faults' in json || repeated.length > 0) {
    const problems = [
      ...faults.map(({ offset, message }) =>
        error({ code: 'FAULTY_SYNTAX', message: `This is no JSON: ${message}` }, placeAt(offset)),
      ),
      ...repeated.map(({ offset, name }) =>
        error(
          { code: 'DUPLICATE_FIELD', message: `"${name}" is there twice; keep one` },
          placeAt(offset),
        ),
      ),
    ];
    return { stories: [], problems };
  }
  return readFile(json.value, (path, within) => placeAt(json.offsetOf(path, within)));
}

type PlaceOf = (path: Path, within?: number) => Place;

function readFile(value: unknown, placeOf: PlaceOf): ReadStories<StoryDocument> {
  if (!isObject(value)) {
    const message = 'The file must be an object';
    return { stories: [], problems: [error({ code: 'FAULTY_VALUE', message }, placeOf([]))] };
  }
  if (!('stories' in value)) return { stories: [readStory(value, [], 1, placeOf)], problems: [] };
  const problems = envelopeProblems(value, placeOf);
  if (problems.length > 0) return { stories: [], problems };
  const stories = value.stories as unknown[];
  return {
    stories: stories.map((story, i) => readStory(story, ['stories', i], i + 1, placeOf)),
    problems,
  };
}

function readStory(
  value: unknown,
  at: Path,
  number: number,
  placeOf: PlaceOf,
): ReadStory<StoryDocument> {
  const { document, part, problems } = checkDocument(value);
  return {
    title: titleOf(isObject(value) ? value.title : undefined, number),
    ...(document !== undefined && { story: document }),
    ...(part !== undefined && { part }),
    problems: problems.map((problem) => inFile(problem, value, placeOf([...at, ...problem.path]))),
    placeOf: (path, within) => {
      const place = within && offsetOf(within.text, within.place);
      return placeOf([...at, ...path], place);
    },
  };
}

const UNKNOWN_FIELD: Fault = {
  code: 'UNKNOWN_FIELD',
  message: 'is no field that belongs here',
  fix: 'Take it out.',
};

/** What is wrong with the file around its stories. */
function envelopeProblems(file: Record<string, unknown>, placeOf: PlaceOf): FileProblem[] {
  const { $schema: _, format, version, stories, ...others } = file;
  const problems: FileProblem[] = [];
  const say = (key: string, fault: Fault) => {
    problems.push(inFile(problemAt('error', [key], fault), file, placeOf([key])));
  };
  const mustBe = (key: string, message: string) => {
    say(key, { code: 'FAULTY_VALUE', message });
  };
  for (const key of Object.keys(others)) say(key, UNKNOWN_FIELD);
  if (format !== FORMAT) mustBe('format', `must be "${FORMAT}"`);
  if (version !== VERSION) mustBe('version', `must be ${VERSION}, the only one there is`);
  if (!Array.isArray(stories)) mustBe('stories', 'must be a list');
  else if (stories.length > MOST_STORIES) {
    mustBe('stories', `must have at most ${MOST_STORIES}; split the file`);
  }
  return problems;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
