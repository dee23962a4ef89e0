import { setImmediate } from 'node:timers/promises';
import { toDot, toMermaid } from '../../nodes/flow/flow.js';
import { writeCsv } from '../formats/csv/csv-writer.js';
import { writeTalegraphJson } from '../formats/json/talegraph-json.js';
import type { StoryDocument } from '../formats/story-document.js';
import { writeTwineHtml } from '../formats/twine/html-writer.js';
import { writeTwineJson } from '../formats/twine/json-writer.js';
import { toTwineInSteps } from '../formats/twine/to-twine.js';
import type { TwineStory } from '../formats/twine/twine-story.js';
import { writeTwee } from '../formats/twine/twee-writer.js';
import { ExportFormat } from './export.type.js';
import { flowOfDocument } from './story-flow.js';

type Writer = (document: StoryDocument, ifid: string) => string | Promise<string>;

/** How long it goes on before others have their turn, in milliseconds. */
const SLICE_MS = 10;

async function twineOf(document: StoryDocument, ifid: string): Promise<TwineStory> {
  const steps = toTwineInSteps(document, ifid);
  for (let since = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) {
      await setImmediate();
      return value;
    }
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

/** Every format that is written from the document alone. */
export const WRITERS: Readonly<Record<Exclude<ExportFormat, ExportFormat.HTML>, Writer>> = {
  [ExportFormat.TALEGRAPH_JSON]: (document) => writeTalegraphJson([document]),
  [ExportFormat.CSV]: (document) => writeCsv([document]),
  [ExportFormat.TWEE]: async (document, ifid) => writeTwee(await twineOf(document, ifid)),
  [ExportFormat.TWINE_HTML]: async (document, ifid) =>
    writeTwineHtml(await twineOf(document, ifid)),
  [ExportFormat.TWINE_JSON]: async (document, ifid) =>
    writeTwineJson(await twineOf(document, ifid)),
  [ExportFormat.MERMAID]: (document) => toMermaid(flowOfDocument(document)),
  [ExportFormat.DOT]: (document) => toDot(flowOfDocument(document)),
};
