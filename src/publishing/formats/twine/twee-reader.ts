import { readJsonText } from '../json-text.js';
import { error, warning, type FileProblem, type Place, type Told } from '../place.js';
import { placesIn } from '../places.js';
import { DATA, TITLE } from './special-passages.js';
import { checkStory } from './story-check.js';
import { isObject, readDetails, type StoryDetails } from './story-details.js';
import { isTweeHeader, readTweeHeader } from './twee-header.js';
import { isEscaped, readTweeText } from './twee-text.js';
import type { ReadTwine, TwinePassage } from './twine-story.js';

/** A passage, and the number of its header’s line. */
interface PlacedPassage {
  readonly passage: TwinePassage;
  readonly line: number;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads Twee 3, 3.0.2 and what came before it: one story, its source files joined in any order. Every passage is kept, in
 * its place: those that are special, those with a name that was there before, and those whose header is faulty. A text
 * is kept to the byte, but for blank lines at its end, which the specification leaves out, and for the carriage returns
 * of lines whose header ends in one too. All faults are warnings, but for a file without a passage.
 */
export const readTwee = (file: string): ReadTwine => {
  const lines = file.split('\n');
  const headers = lines.flatMap((line, index) => (isTweeHeader(line) ? [index] : []));
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
      ...ignoredStart(lines.slice(0, headers[0])),
      ...(title ? [] : [warning(NO_TITLE)]),
      ...(data ? problems : [warning(NO_DATA)]),
      ...placed.flatMap((passage) => passage.problems),
      ...checkStory(story, {
        ...(data && { details: headerPlace(data) }),
        passages: placed.map(headerPlace),
      }),
    ],
    placeOf: (_, passage, within) => {
      const { line } = placed[passage]!;
      return within === undefined ? { line, column: 1 } : placeInText(lines, line, within);
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
  message: `There is no passage ${DATA}, which holds the story’s "ifid"`,
  fix: `Add “:: ${DATA}” with { "ifid": "…" } below it, a UUID in capitals.`,
};

/** @param header the line of the header, from 1 */
function placeInText(lines: readonly string[], header: number, { line, column }: Place): Place {
  const isLonger = isEscaped(lines[header + line - 1] ?? '');
  return { line: header + line, column: isLonger ? column + 1 : column };
}

const headerPlace = ({ line }: PlacedPassage): Place => ({ line, column: 1 });

/** Reads the passage whose header is at one index, and whose text ends before another. */
const readPassage = (lines: readonly string[], start: number, end?: number): PlacedPassage => {
  const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
  const header = withoutReturn(lines[start]!);
  const text = lines.slice(start + 1, end);
  const { faults, ...passage } = readTweeHeader(header);
  return {
    passage: {
      ...passage,
      text: readTweeText(header === lines[start] ? text : text.map(withoutReturn)),
    },
    line: start + 1,
    problems: faults.map(({ offset, message }) =>
      warning(
        { code: 'FAULTY_PASSAGE', message, passage: passage.name },
        { line: start + 1, column: offset + 1 },
      ),
    ),
  };
};

const readData = ({
  passage: { text },
  line,
}: PlacedPassage): { details: StoryDetails; problems: readonly FileProblem[] } => {
  const placeOf = placesIn(text);
  const at = (offset: number): Place => {
    const place = placeOf(offset);
    return { ...place, line: line + place.line };
  };
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

const ignoredStart = (lines: readonly string[]): readonly FileProblem[] => {
  const first = lines.findIndex((line) => line.trim() !== '');
  const message =
    'What stands before the first passage is left out: begin it with a line “:: ” and a name';
  return first === -1
    ? []
    : [warning({ code: 'LEFT_OUT', message }, { line: first + 1, column: 1 })];
};
