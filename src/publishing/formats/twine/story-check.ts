import { warning, type FileProblem, type Place } from '../place.js';
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
  ...(places.details ? oddIfid(story) : []).map((message) => warning(message, places.details)),
  ...oddStart(story).map((message) => warning(message, places.details)),
  ...repeatedNames(story, places.passages),
];

const oddIfid = ({ ifid }: TwineStory): readonly string[] => {
  if (ifid === undefined) return ['The story has no "ifid": give it a UUID in capitals'];
  return IFID.test(ifid)
    ? []
    : [`The "ifid" ${JSON.stringify(ifid)} is not made of 8 to 63 digits, capitals and hyphens`];
};

const oddStart = (story: TwineStory): readonly string[] => {
  if (startOf(story)) return [];
  return story.start === undefined
    ? [`The story does not say where it starts, and no passage is called “${DEFAULT_START}”`]
    : [`The story starts at “${story.start}”, but no passage is called so`];
};

const repeatedNames = (story: TwineStory, places: readonly Place[]): readonly FileProblem[] => {
  const firsts = new Map<string, Place>();
  const problems: FileProblem[] = [];
  const lead = linksLeadTo(story);
  story.passages.forEach(({ name }, index) => {
    const first = firsts.get(name);
    if (!first) firsts.set(name, places[index]!);
    else problems.push(warning(repeated(name, first, lead), places[index]));
  });
  return problems;
};

const repeated = (name: string, first: Place, lead: ReturnType<typeof linksLeadTo>): string =>
  name === TITLE || name === DATA
    ? `There is a ${name} in line ${first.line} already, which alone counts; this one is kept as a passage`
    : `A passage in line ${first.line} is called “${name}” already; both are kept, and links lead to the ${lead}`;
