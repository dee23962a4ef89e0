import { checkDocument, inFile } from '../document-check.js';
import {
  fileProblem,
  warning,
  type FileProblem,
  type Path,
  type Place,
  type ReadStories,
  type ReadStory,
} from '../place.js';
import type { StoryDocument } from '../story-document.js';
import { constructCounts, type FidelityReport } from './fidelity.js';
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
  const { stories, problems, placeOf } = READERS[format](file);
  const translated = stories.map((story, i) =>
    translatedStory(story, (passage, within) => placeOf(i, passage, within)),
  );
  return { stories: translated, problems };
}

type PlaceOf = (passage: number, within?: Place) => Place | undefined;

function translatedStory(story: TwineStory, placeOf: PlaceOf): TranslatedStory {
  const { document, report, problems } = translate(story);
  const passageOf = passagesIn(document);
  const placeAt = (path: Path): Place | undefined => {
    const passage = passageOf(path);
    return passage === undefined ? undefined : placeOf(passage);
  };
  const checked = checkDocument(document);
  const found = [
    ...problems.map((problem) => ofPassage(problem, document, placeOf)),
    ...checked.problems.map((problem) => inFile(problem, document, placeAt(problem.path))),
    ...keptCode(report),
  ];
  return {
    title: document.title,
    ...(checked.document !== undefined && { story: checked.document }),
    problems: found,
    placeOf: placeAt,
    report,
  };
}

function keptCode(report: FidelityReport): FileProblem[] {
  const { kept } = constructCounts(report);
  if (kept === 0) return [];
  const message =
    kept === 1
      ? 'One piece of code was not translated and is kept as it is: see the report.'
      : `${kept} pieces of code were not translated and are kept as they are: see the report.`;
  return [warning({ code: 'KEPT_CODE', message })];
}

/** The index of the passage that a part of a document was made of. */
function passagesIn({ nodes, twine }: StoryDocument): (path: Path) => number | undefined {
  const passageOf = new Map(twine!.nodes.map((key, passage) => [key, passage]));
  return ([list, i, passages, passage]) => {
    if (list === 'nodes') return passageOf.get(nodes[Number(i)]?.key ?? null);
    const isPassage = list === 'twine' && passages === 'passages' && passage !== undefined;
    return isPassage ? Number(passage) : undefined;
  };
}

function ofPassage(
  { severity, place, passage, code, message, fix }: PassageProblem,
  { twine }: StoryDocument,
  placeOf: PlaceOf,
): FileProblem {
  const fault = { code, ...(fix !== undefined && { fix }) };
  if (passage === undefined || place === undefined) {
    return fileProblem(severity, { ...fault, message });
  }
  const { passage: name, line, column } = place;
  const nodeKey = twine!.nodes[passage];
  return fileProblem(
    severity,
    {
      ...fault,
      message: `Passage ${name}, line ${line}, column ${column}: ${message}`,
      passage: name,
      ...(typeof nodeKey === 'string' && { nodeKey }),
    },
    placeOf(passage, place),
  );
}
