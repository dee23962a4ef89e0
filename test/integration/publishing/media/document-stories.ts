import { buffer } from 'node:stream/consumers';
import { ExportService } from '../../../../src/publishing/exports/export.service.js';
import { ExportFormat } from '../../../../src/publishing/exports/export.type.js';
import { StoryRepository } from '../../../../src/stories/story.repository.js';
import type { TestApp } from '../../../support/app.js';
import { importFile } from '../../../support/importing.js';
import type { Uploader } from '../../../support/uploading.js';

/** A story of a file, as anybody may have altered it. */
export type Written = Record<string, any>;

/** Stories as Talegraph JSON, out of the database and into it. */
export class DocumentStories {
  constructor(
    private readonly talegraph: TestApp,
    readonly author: Uploader,
  ) {}

  /** The draft of a story as it is exported. */
  async exported(slug: string): Promise<Written> {
    const row = (await this.talegraph.app.get(StoryRepository).findBySlug(slug))!;
    const file = await this.talegraph.app
      .get(ExportService)
      .write(row, ExportFormat.TALEGRAPH_JSON);
    return JSON.parse((await buffer(file.stream())).toString()).stories[0];
  }

  /** Imports a story as a file that is uploaded. @returns the import once it is done */
  async imported(story: Written, options: object = {}): Promise<any> {
    const text = JSON.stringify(story, undefined, 1);
    const uploadId = await this.author.send('IMPORT', 'a.json', Buffer.from(text));
    return importFile(this.author.client, undefined, { uploadId, ...options });
  }
}

/** A story of one node, its start, with what else is given for it and for the story. */
export const oneNode = (slug: string, node: object, story: object = {}): Written => ({
  slug,
  title: slug,
  ...story,
  nodes: [{ key: 'a', title: 'A', content: '', type: 'ending', start: true, ...node }],
});

/** One of the media of a story. */
export const medium = (key: string, filename: string, bytes: Buffer) => ({
  key,
  kind: filename.endsWith('.png') ? 'image' : 'audio',
  filename,
  data: bytes.toString('base64'),
});
