import { checkDocument } from '../document-check.js';
import type { FileProblem, ReadStories, ReadStory } from '../place.js';
import type { StoryDocument } from '../story-document.js';
import type { FidelityReport } from './fidelity.js';
import { readTwineHtml } from './html-reader.js';
import { readTwineJson } from './json-reader.js';
import type { TwineFormat } from './read-twine.js';
import { translate, type PassageProblem } from './translate.js';
import { readTwee } from './twee-reader.js';
import type { TwineStory } from './twine-story.js';

/** A story that was made with Twine, and what became of its links and its code. */
export interface TranslatedStory extends ReadStory<StoryDocument> {
  readonly report: FidelityReport;
}

const READERS = { twee: readTwee, html: readTwineHtml, json: readTwineJson };

/** Reads Twine stories and translates them into documents. */
export function readTwineDocuments(
  file: string,
  format: TwineFormat,
): ReadStories<StoryDocument> & { readonly stories: readonly TranslatedStory[] } {
  const { stories, problems } = READERS[format](file);
  return { stories: stories.map(translated), problems };
}

/** Places are in passages, which the message names; where these stand in the file is not known here. */
function translated(story: TwineStory): TranslatedStory {
  const { document, report, problems } = translate(story);
  const checked = checkDocument(document);
  const found = [
    ...problems.map(inPassage),
    ...checked.problems.map(({ severity, message }): FileProblem => ({ severity, message })),
  ];
  return {
    title: document.title,
    ...(checked.document !== undefined && { story: checked.document }),
    problems: found,
    placeOf: () => undefined,
    report,
  };
}

const inPassage = ({ severity, place, message }: PassageProblem): FileProblem => ({
  severity,
  message:
    place === undefined
      ? message
      : `Passage ${place.passage}, line ${place.line}, column ${place.column}: ${message}`,
});
