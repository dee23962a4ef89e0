import { STORY_ELEMENT } from './html/offline-story.js';
import type { Told } from './place.js';

/** What a file begins with, as text, and what it is then. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^.?PNG\r?\n/, 'a PNG picture'],
  [/^GIF8/, 'a GIF picture'],
  [/^.{0,8}(?:JFIF|Exif)/s, 'a JPEG picture'],
  [/^%PDF-/, 'a PDF document'],
  [/^PK\x03\x04/, 'an archive or a document such as .zip, .docx, .odt or .epub'],
  [/^\{\\rtf/, 'a document in RTF'],
  [/^\s*<(?:!doctype html|html|head|body|tw-)/i, 'HTML without a story of Twine (<tw-storydata>)'],
  [/^\s*</, 'XML or HTML without a story of Twine (<tw-storydata>)'],
  [/^\s*\[/, 'a list of JSON, and must be an object'],
];

/** Says what a file looks like that is in no format that is known, and which formats are. */
export function unknownFormat(file: string): Told {
  if (file.includes(`id="${STORY_ELEMENT}"`)) return { code: 'UNKNOWN_FORMAT', message: A_PAGE };
  const looks =
    file.trim() === ''
      ? 'The file is empty.'
      : `The format of this file is not known: it looks like ${likeness(file)}.`;
  return { code: 'UNKNOWN_FORMAT', message: `${looks} ${FORMATS}` };
}

const likeness = (file: string): string =>
  SIGNS.find(([sign]) => sign.test(file))?.[1] ?? 'plain text';

const A_PAGE =
  'This is a page to play, which nothing is imported from; import the JSON export of its story.';

const FORMATS =
  'It must be Talegraph JSON, CSV whose first line has a column row, Twee 3 with lines that begin with “:: ”, Twine 2 HTML or an archive, or Twine 2 JSON.';
