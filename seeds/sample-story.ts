import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../src/config/project-root.js';
import { ruleProblems } from '../src/publishing/documents/document-rules.js';
import { checkDocument } from '../src/publishing/formats/document-check.js';
import type { StoryDocument } from '../src/publishing/formats/story-document.js';

/** A sample goes by its slug: one that is there already is not written again. */
export type SampleStory = StoryDocument & { readonly slug: string };

const FOLDER = join(projectRoot, 'seeds', 'stories');

/** The sample stories that come with Talegraph: story documents, written in YAML. */
export const sampleStories = (): SampleStory[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => sampleIn(file, readFileSync(join(FOLDER, file), 'utf8')));

function sampleIn(file: string, text: string): SampleStory {
  const { document, problems } = checkDocument(parse(text));
  const found = document === undefined ? problems : ruleProblems(document);
  const errors = found.filter(({ severity }) => severity === 'error');
  if (document?.slug === undefined || errors.length > 0) {
    throw new Error(`${file}: ${errors.map(({ message }) => message).join('; ') || 'has no slug'}`);
  }
  return { ...document, slug: document.slug };
}
