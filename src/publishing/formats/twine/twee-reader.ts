import { readJsonText } from '../json-text.js';
import { error, warning, type FileProblem, type Place, type Told } from '../place.js';
import { placesIn } from '../places.js';
import { DATA, TITLE } from './special-passages.js';
import { checkStory } from './story-check.js';
import { isObject, readDetails, type StoryDetails } from './story-details.js';
import { isTweeHeader, readTweeHeader } from './twee-header.js';
import { tweeLines, type TweeLine } from './twee-lines.js';
import { isEscaped, readTweeText } from './twee-text.js';
import type { ReadTwine, TwinePassage } from './twine-story.js';

/** A passage, with its header and where the lines of its text stand. */
interface PlacedPassage {
  readonly passage: TwinePassage;
  readonly header: Place;
  readonly placeOf: (within: Place) => Place;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads Twee 3, 3.0.2 and what came before it: one story, its source files joined in any order. Every passage is kept, in
 * its place: those that are special, those with a name that was there before, and those whose header is faulty. A text
 * is kept to the byte, but for blank lines at its end, which the specification leaves out, and for the carriage returns
 * of lines whose header ends in one too. All faults are warnings, but for a file without a passage.
 */
export const readTwee = (file: string): ReadTwine => {
  const { lines, problems: ofLines } = tweeLines(file);
  const headers = lines.flatMap(({ text }, index) => (isTweeHeader(text) ? [index] : []));
  if (headers.length === 0) {
    const message = 'There is no passage: begin each with a line “:: ” and its name';
    const problems = [error({ code: 'NO_STORY', message })];
    return { stories: [], problems, placeOf: () => undefined };
  }
  const placed = headers.map((start, index) => readPassage(lines, start, headers[index + 1]));
  const passages = placed.map(({ passage }) => passage);
  const title = passages.find(({ name }) => name === TITLE);
  const data = placed.find(({ passage }) => passage.name === DATA);
  const { details, problems } = data ? readData(data) : { details: {}, problems: [] };
  const story = { name: title?.text.trim() ?? '', ...details, passages };
  return {
    stories: [story],
    problems: [
      ...ofLines,
      ...ignoredStart(lines.slice(0, headers[0])),
      ...(title ? [] : [warning(NO_TITLE)]),
      ...(data ? problems : [warning(NO_DATA)]),
      ...placed.flatMap((passage) => passage.problems),
      ...checkStory(story, {
        ...(data && { details: data.header }),
        passages: placed.map(({ header }) => header),
      }),
    ],
    placeOf: (_, passage, within) => {
      const { header, placeOf } = placed[passage]!;
      return within === undefined ? header : placeOf(within);
    },
  };
};

const NO_TITLE: Told = {
  code: 'FAULTY_STORY_DATA',
  message: `There is no passage ${TITLE}, which gives the story its name`,
  fix: `Add “:: ${TITLE}” with the name below it.`,
};

const NO_DATA: Told = {
  code: 'FAULTY_STORY_DATA',
  message: `There is no passage ${DATA}, which holds the story’s "ifid": importing the file again makes another story`,
  fix: `Add “:: ${DATA}” with { "ifid": "…" } below it, a UUID in capitals; or import it over the story: storyId, or --story on the command line.`,
};

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Reads the passage whose header is at one index, and whose text ends before another. */
const readPassage = (lines: readonly TweeLine[], start: number, end?: number): PlacedPassage => {
  const { text: written, ...place } = lines[start]!;
  const header = withoutReturn(written);
  const text = lines.slice(start + 1, end).map((line) => line.text);
  const { faults, ...passage } = readTweeHeader(header);
  return {
    passage: {
      ...passage,
      text: readTweeText(header === written ? text : text.map(withoutReturn)),
    },
    header: place,
    placeOf: ({ line, column }) => {
      const { text, ...at } = lines[start + line] ?? { text: '', line: place.line + line };
      return { line: at.line, column: isEscaped(text) ? column + 1 : column };
    },
    problems: faults.map(({ offset, message }) =>
      warning(
        { code: 'FAULTY_PASSAGE', message, passage: passage.name },
        { line: place.line, column: place.column + offset },
      ),
    ),
  };
};

const readData = ({
  passage: { text },
  placeOf,
}: PlacedPassage): { details: StoryDetails; problems: readonly FileProblem[] } => {
  const placeInText = placesIn(text);
  const at = (offset: number): Place => placeOf(placeInText(offset));
  const json = readJsonText(text);
  if ('faults' in json) {
    const problems = json.faults.map(({ offset, message }) =>
      warning(ofData(`${DATA} counts for nothing, as it is no JSON: ${message}`), at(offset)),
    );
    return { details: {}, problems };
  }
  if (!isObject(json.value)) {
    const message = `${DATA} counts for nothing, as it is no JSON object`;
    return { details: {}, problems: [warning(ofData(message), at(0))] };
  }
  const { details, faults } = readDetails(json.value);
  const problems = faults.map(({ key, message }) =>
    warning(ofData(message), at(json.offsetOf([key]))),
  );
  return { details, problems };
};

const ofData = (message: string): Told => ({ code: 'FAULTY_STORY_DATA', message, passage: DATA });

const ignoredStart = (lines: readonly TweeLine[]): readonly FileProblem[] => {
  const first = lines.find(({ text }) => text.trim() !== '');
  const message =
    'What stands before the first passage is left out: begin it with a line “:: ” and a name';
  return first === undefined
    ? []
    : [warning({ code: 'LEFT_OUT', message }, { line: first.line, column: first.column })];
};
