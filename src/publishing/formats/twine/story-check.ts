import { warning, type FileProblem, type Place, type Told } from '../place.js';
import { DATA, DEFAULT_START, startOf, TITLE } from './special-passages.js';
import { linksLeadTo } from './translate.js';
import type { TwineStory } from './twine-story.js';

/** Where a story and its parts stand in their file. */
export interface StoryPlaces {
  /** Where the story says what it says of itself; left out where it says nothing. */
  readonly details?: Place;
  /** One for each passage. */
  readonly passages: readonly Place[];
}

/** As the Treaty of Babel has it. */
const IFID = /^[0-9A-Z-]{8,63}$/;

/** What is odd about a story, whatever its format. All of it are warnings, as nothing of the story is lost by it. */
export const checkStory = (story: TwineStory, places: StoryPlaces): readonly FileProblem[] => [
  ...(places.details ? oddIfid(story) : []).map((told) => warning(told, places.details)),
  ...oddStart(story).map((told) => warning(told, places.details)),
  ...repeatedNames(story, places.passages),
];

const oddIfid = ({ ifid }: TwineStory): readonly Told[] => {
  const code = 'FAULTY_STORY_DATA';
  if (ifid === undefined) {
    return [{ code, message: 'The story has no "ifid": give it a UUID in capitals' }];
  }
  const message = `The "ifid" ${JSON.stringify(ifid)} is not made of 8 to 63 digits, capitals and hyphens`;
  return IFID.test(ifid) ? [] : [{ code, message, fix: 'Give it a UUID in capitals.' }];
};

const oddStart = (story: TwineStory): readonly Told[] => {
  if (startOf(story)) return [];
  const message =
    story.start === undefined
      ? `The story does not say where it starts, and no passage is called “${DEFAULT_START}”`
      : `The story starts at “${story.start}”, but no passage is called so`;
  return [{ code: 'NO_START', message, fix: 'Name the passage that it starts at.' }];
};

const repeatedNames = (story: TwineStory, places: readonly Place[]): readonly FileProblem[] => {
  const firsts = new Map<string, Place>();
  const problems: FileProblem[] = [];
  const lead = linksLeadTo(story);
  story.passages.forEach(({ name }, index) => {
    const first = firsts.get(name);
    if (!first) firsts.set(name, places[index]!);
    else {
      const message = repeated(name, first, lead);
      const told = {
        code: 'DUPLICATE_PASSAGE',
        message,
        fix: REPEATED_FIX,
        passage: name,
      } as const;
      problems.push(warning(told, places[index]));
    }
  });
  return problems;
};

const REPEATED_FIX = 'Give one of them another name, or take it out.';

const repeated = (name: string, first: Place, lead: ReturnType<typeof linksLeadTo>): string =>
  name === TITLE || name === DATA
    ? `There is a ${name} in line ${first.line} already, which alone counts; this one is kept as a passage`
    : `A passage in line ${first.line} is called “${name}” already; both are kept, and links lead to the ${lead}`;
