import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Threads } from '../../threads/threads.js';
import type { FileProblem, Path, Place } from '../formats/place.js';
import type { DocumentNode, StoryDocument } from '../formats/story-document.js';
import { IMPORT_TASKS } from './import.task-file.js';
import { partName, type CheckedStory, type DocumentParts, type FileTask } from './import.tasks.js';

/** A story of a file, with all that is wrong with it by itself and by the rules of the API. */
export interface FileStory extends Pick<CheckedStory, 'title' | 'problems' | 'report'> {
  /** Left out where an error keeps it from being read. */
  readonly story?: StoryDocument;
  readonly placeOf: (path: Path) => Place | undefined;
}

export interface ReadFile {
  readonly stories: readonly FileStory[];
  /** What is wrong with the file as a whole. */
  readonly problems: readonly FileProblem[];
}

/** Reads files in threads. */
@Injectable()
export class FileReader {
  constructor(private readonly threads: Threads) {}

  /** @throws {ApiError} `TOO_LARGE` when reading it takes too long or too much memory */
  async read(file: FileTask, signal?: AbortSignal): Promise<ReadFile> {
    const { stories, problems } = await this.threads.run(IMPORT_TASKS, 'readFile', file, {
      ...(signal && { signal }),
    });
    const read: FileStory[] = [];
    for (const { document, places, ...story } of stories) {
      const placeOf = new Map(places);
      read.push({
        ...story,
        ...(document && { story: await whole(document) }),
        placeOf: (path) => placeOf.get(partName(path)),
      });
    }
    return { stories: read, problems };
  }
}

/** Puts a document together, part by part, so that others are served in between. */
async function whole({ head, nodes }: DocumentParts): Promise<StoryDocument> {
  const read: DocumentNode[] = [];
  for (const part of nodes) {
    read.push(...(JSON.parse(part) as DocumentNode[]));
    await setImmediate();
  }
  return { ...(JSON.parse(head) as Omit<StoryDocument, 'nodes'>), nodes: read };
}
