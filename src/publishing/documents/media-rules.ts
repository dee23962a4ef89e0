import { NO_ALT_TEXT } from '../../media/library/media.rules.js';
import { problemAt, type DocumentProblem } from '../formats/document-check.js';
import type { Fault } from '../formats/place.js';
import type { StoryDocument } from '../formats/story-document.js';
import { mediaPlaces, type MediaPlace } from './document-media.js';

/** What is wrong with the media of a document by what it says of them. Their bytes are looked at when it is imported. */
export function mediaProblems(document: StoryDocument): DocumentProblem[] {
  const places = mediaPlaces(document);
  const kindOf = new Map(document.media?.map(({ key, kind }) => [key, kind]));
  return [
    ...listProblems(document, new Set(places.map(({ use }) => use.media))),
    ...places.flatMap((place) => placeProblems(place, kindOf.get(place.use.media))),
  ];
}

function listProblems({ media = [] }: StoryDocument, used: ReadonlySet<string>): DocumentProblem[] {
  const seen = new Set<string>();
  return media.flatMap(({ key }, i) => {
    const path = ['media', i, 'key'];
    if (seen.has(key)) return [problemAt('error', path, repeated(key))];
    seen.add(key);
    return used.has(key) ? [] : [problemAt('warning', path, unused(key))];
  });
}

const repeated = (key: string): Fault => ({
  code: 'FAULTY_MEDIUM',
  message: `${key} is there twice`,
  fix: 'Give each medium a key of its own.',
});

const unused = (key: string): Fault => ({
  code: 'UNUSED_MEDIUM',
  message: `nothing shows or plays ${key}`,
  fix: 'Take it out, or name it where it belongs.',
});

/** @param known the kind of the medium; undefined where there is none */
function placeProblems(
  { path, kind, use: { media, alt = '' } }: MediaPlace,
  known: string | undefined,
): DocumentProblem[] {
  const wrong: Fault =
    known === undefined
      ? {
          code: 'UNKNOWN_MEDIUM',
          message: `there is no ${media} among the media of the story`,
          fix: 'Write the key of one that there is, or list it.',
        }
      : {
          code: 'FAULTY_MEDIUM',
          message: `${media} is of kind ${known}, and must be of kind ${kind}`,
        };
  // Readers see a cover at once, and the image of a node once it is published.
  const severity = path[0] === 'cover' ? 'error' : 'warning';
  return [
    ...(known === kind ? [] : [problemAt('error', [...path, 'media'], wrong)]),
    ...(kind === 'image' && alt === ''
      ? [problemAt(severity, path, { code: 'IMAGE_WITHOUT_ALT_TEXT', message: NO_ALT_TEXT })]
      : []),
  ];
}
