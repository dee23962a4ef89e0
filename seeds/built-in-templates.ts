import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../src/config/project-root.js';
import { checkDocument } from '../src/publishing/formats/document-check.js';
import type { BuiltInTemplate } from '../src/publishing/templates/template.repository.js';

const FOLDER = join(projectRoot, 'seeds', 'templates');

/** The templates that come with Talegraph. */
export const builtInTemplates = (): BuiltInTemplate[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const { document, problems } = checkDocument(parse(readFileSync(join(FOLDER, file), 'utf8')));
      if (document?.slug === undefined) {
        throw new Error(`${file}: ${problems.map(({ message }) => message).join('; ')}`);
      }
      const { slug, ...story } = document;
      const { title, description = '' } = story;
      return { slug, title, description, document: story };
    });
