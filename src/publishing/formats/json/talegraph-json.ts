import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import { checkDocument } from '../document-check.js';
import type { FileProblem, Path, ReadStories, ReadStory } from '../place.js';
import { storySchema, type StoryDocument } from '../story-document.js';
import { JsonPlaces, repeatedFields } from './json-places.js';

const FORMAT = 'talegraph';
const VERSION = 1;

/** The most stories in one file. */
export const MOST_STORIES = 1000;

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

/** Reads a file of Talegraph JSON: many stories, or a single story by itself. */
export function readTalegraphJson(file: string): ReadStories<StoryDocument> {
  const text = file.replace(/^\uFEFF/, '');
  const places = new JsonPlaces(text);
  const content = parsed(text);
  if (content === undefined) return { stories: [], problems: syntaxProblems(text, places) };
  const repeated = repeatedFields(text, places);
  if (repeated.length > 0) return { stories: [], problems: repeated };
  if (!isObject(content.value)) return refused(places, [], 'must be an object');
  const { value } = content;
  if (!('stories' in value)) return { stories: [readStory(value, [], 1, places)], problems: [] };
  const problems = envelopeProblems(value, places);
  if (problems.length > 0) return { stories: [], problems };
  const stories = value.stories as unknown[];
  return {
    stories: stories.map((story, i) => readStory(story, ['stories', i], i + 1, places)),
    problems,
  };
}

/** Writes stories as Talegraph JSON; reading that gives the same stories again. */
export const writeTalegraphJson = (stories: readonly StoryDocument[]): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, stories }, undefined, 2)}\n`;

function readStory(
  value: unknown,
  at: Path,
  number: number,
  places: JsonPlaces,
): ReadStory<StoryDocument> {
  const { document, problems } = checkDocument(value);
  const title = isObject(value) && typeof value.title === 'string' ? value.title.trim() : '';
  const placeOf: ReadStory<StoryDocument>['placeOf'] = (path, within) =>
    places.of([...at, ...path], within);
  return {
    title: title === '' ? `Story ${number}` : title,
    ...(document !== undefined && { story: document }),
    problems: problems.map(({ severity, path, message }) => ({
      severity,
      place: placeOf(path),
      message,
    })),
    placeOf,
  };
}

/** What is wrong with the file around its stories. */
function envelopeProblems(file: Record<string, unknown>, places: JsonPlaces): FileProblem[] {
  const { $schema: _, format, version, stories, ...others } = file;
  const wrong: [Path, string][] = [
    ...Object.keys(others).map((key): [Path, string] => [[key], 'is no field that belongs here']),
  ];
  if (format !== FORMAT) wrong.push([['format'], `must be "${FORMAT}"`]);
  if (version !== VERSION) wrong.push([['version'], `must be ${VERSION}, the only one there is`]);
  if (!Array.isArray(stories)) wrong.push([['stories'], 'must be a list']);
  else if (stories.length > MOST_STORIES) {
    wrong.push([['stories'], `must have at most ${MOST_STORIES}; split the file`]);
  }
  return wrong.flatMap(([path, message]) => refused(places, path, message).problems);
}

const refused = (places: JsonPlaces, path: Path, message: string): ReadStories<StoryDocument> => {
  const place = places.of(path);
  const named = path.length === 0 ? `The file ${message}` : `${path.join('.')}: ${message}`;
  return { stories: [], problems: [{ severity: 'error', place, message: named }] };
};

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is no JSON value.',
  InvalidNumberFormat: 'This is no number.',
  PropertyNameExpected: 'The name of a field in double quotes should stand here.',
  ValueExpected: 'A value should stand here.',
  ColonExpected: 'A colon should stand here.',
  CommaExpected: 'A comma should stand here.',
  CloseBraceExpected: 'A closing brace } should stand here.',
  CloseBracketExpected: 'A closing bracket ] should stand here.',
  EndOfFileExpected: 'The file should end here.',
  InvalidCommentToken: 'JSON has no comments; take this out.',
  UnexpectedEndOfComment: 'JSON has no comments; take this out.',
  UnexpectedEndOfString: 'This text lacks its closing quote.',
  UnexpectedEndOfNumber: 'This number is not whole.',
  InvalidUnicode: 'This is no \\u escape: four hexadecimal digits follow.',
  InvalidEscapeCharacter: 'There is no such escape; a backslash is written \\\\.',
  InvalidCharacter: 'This control character must be written as an escape.',
};

function syntaxProblems(text: string, places: JsonPlaces): FileProblem[] {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  // What follows from a fault is told at the same place.
  const first = new Map(errors.toReversed().map(({ error, offset }) => [offset, error]));
  const found = [...first].toReversed().map(([offset, error]) => ({
    offset,
    message: SYNTAX[printParseErrorCode(error)],
  }));
  return (found.length > 0 ? found : [{ message: undefined, offset: 0 }]).map(
    ({ message = 'This is no JSON.', offset }) => ({
      severity: 'error',
      place: places.at(offset),
      message,
    }),
  );
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
