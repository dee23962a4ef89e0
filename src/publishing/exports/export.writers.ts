import { toDot, toMermaid } from '../../nodes/flow/flow.js';
import { writeCsv } from '../formats/csv/csv-writer.js';
import { writeTalegraphJson } from '../formats/json/talegraph-json.js';
import type { StoryDocument } from '../formats/story-document.js';
import { writeTwineHtml } from '../formats/twine/html-writer.js';
import { writeTwineJson } from '../formats/twine/json-writer.js';
import { toTwine } from '../formats/twine/to-twine.js';
import { writeTwee } from '../formats/twine/twee-writer.js';
import type { ExportFormat } from './export.type.js';
import { flowOfDocument } from './story-flow.js';

type Writer = (document: StoryDocument, ifid: string) => string;

/** Every format that is written from the document alone. */
export type DocumentFormat = Exclude<`${ExportFormat}`, 'HTML'>;

export const WRITERS: Readonly<Record<DocumentFormat, Writer>> = {
  TALEGRAPH_JSON: (document) => writeTalegraphJson([document]),
  CSV: (document) => writeCsv([document]),
  TWEE: (document, ifid) => writeTwee(toTwine(document, ifid)),
  TWINE_HTML: (document, ifid) => writeTwineHtml(toTwine(document, ifid)),
  TWINE_JSON: (document, ifid) => writeTwineJson(toTwine(document, ifid)),
  MERMAID: (document) => toMermaid(flowOfDocument(document)),
  DOT: (document) => toDot(flowOfDocument(document)),
};
