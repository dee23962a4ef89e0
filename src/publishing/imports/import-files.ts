import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../graphql/viewer.js';
import { error, type FileProblem } from '../formats/place.js';
import type { StoryFormat } from '../formats/read-stories.js';
import { FileReader, type FileStory, type ReadFile } from './file-reader.js';
import type { ImportRequest } from './import-job.entity.js';
import type { StoryResult } from './import.repository.js';
import { StoryImport } from './story-import.js';

/** A file to import. */
export interface ImportedFile {
  readonly content: string;
  /** The second file of a story in CSV. */
  readonly choices?: string;
}

/** Who is told how an import comes along. */
export interface ImportProgress {
  readonly signal?: AbortSignal;
  /** Stories of the file that are dealt with already, when the import is run again. */
  readonly done?: ReadonlySet<number>;
  readonly onRead?: (stories: number) => Promise<void>;
  /** Called in the transaction that writes the story. */
  readonly onStory: (place: number, result: StoryResult) => Promise<void>;
}

/** Imports whole files, story by story. */
@Injectable()
export class ImportFiles {
  constructor(
    private readonly reader: FileReader,
    private readonly stories: StoryImport,
  ) {}

  /** @returns what is wrong with the file as a whole */
  async run(
    viewer: Viewer,
    imported: ImportedFile,
    request: ImportRequest,
    { signal, done, onRead, onStory }: ImportProgress,
  ): Promise<readonly FileProblem[]> {
    const { format } = request;
    const file = await this.reader.read(
      { ...imported, ...(format !== undefined && { format: format as StoryFormat }) },
      signal,
    );
    const ofTarget = ofRequest(file, request);
    const problems = [...file.problems, ...ofTarget];
    const stories = ofTarget.length > 0 ? [] : file.stories;
    await onRead?.(stories.length);
    for (const [place, story] of withoutTwins(stories).entries()) {
      signal?.throwIfAborted();
      if (done?.has(place) === true) continue;
      await this.stories.run(viewer, story, request, {
        keep: (result) => onStory(place, result),
        ...(signal && { signal }),
      });
      await setImmediate();
    }
    return problems;
  }
}

const ofRequest = ({ stories }: ReadFile, { storyId }: ImportRequest): FileProblem[] =>
  storyId === undefined || stories.length <= 1
    ? []
    : [
        error({
          code: 'SEVERAL_STORIES',
          message: `The file has ${stories.length} stories, and only one can become the story that you named.`,
          fix: 'Leave one in it, or name no story.',
        }),
      ];

/** Of stories that say they are the same, only the first can be imported. */
function withoutTwins(stories: readonly FileStory[]): FileStory[] {
  const seen = new Set<string>();
  return stories.map((story) => {
    const identity = StoryImport.identityOf(story);
    if (identity === undefined || !seen.has(identity)) {
      if (identity !== undefined) seen.add(identity);
      return story;
    }
    const message = `Another story of the file has the ${identity} too; change it in one of them.`;
    const problem = error({ code: 'DUPLICATE_STORY', message }, story.placeOf(['slug']));
    return { ...story, problems: [...story.problems, problem] };
  });
}
