import { toDot, toMermaid } from '../../nodes/flow/flow.js';
import { writeTalegraphJson } from '../formats/json/talegraph-json.js';
import type { StoryDocument } from '../formats/story-document.js';
import { writeTwineHtml } from '../formats/twine/html-writer.js';
import { writeTwineJson } from '../formats/twine/json-writer.js';
import { toTwine } from '../formats/twine/to-twine.js';
import { writeTwee } from '../formats/twine/twee-writer.js';
import { ExportFormat } from './export.type.js';
import { flowOfDocument } from './story-flow.js';

type Writer = (document: StoryDocument, ifid: string) => string;

/** Every format that is written from the document alone. */
export const WRITERS: Readonly<Record<Exclude<ExportFormat, ExportFormat.HTML>, Writer>> = {
  [ExportFormat.TALEGRAPH_JSON]: (document) => writeTalegraphJson([document]),
  [ExportFormat.TWEE]: (document, ifid) => writeTwee(toTwine(document, ifid)),
  [ExportFormat.TWINE_HTML]: (document, ifid) => writeTwineHtml(toTwine(document, ifid)),
  [ExportFormat.TWINE_JSON]: (document, ifid) => writeTwineJson(toTwine(document, ifid)),
  [ExportFormat.MERMAID]: (document) => toMermaid(flowOfDocument(document)),
  [ExportFormat.DOT]: (document) => toDot(flowOfDocument(document)),
};
