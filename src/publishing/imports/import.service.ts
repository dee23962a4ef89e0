import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { Database } from '../../database/database.js';
import { isKeepable } from '../../engine/core/keepable.js';
import { ApiError } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Jobs } from '../../jobs/jobs.js';
import { ImportUploads } from '../../media/uploads/import-uploads.js';
import { StoryService } from '../../stories/story.service.js';
import { ImportFiles } from './import-files.js';
import type { ImportJobEntity, ImportRequest } from './import-job.entity.js';
import {
  choicesNeedCsv,
  MOST_BYTES,
  MOST_UNFINISHED,
  noSuchImport,
  notText,
  oneFileNeeded,
  tooLarge,
  tooManyImports,
} from './import.errors.js';
import type { ImportStoriesInput } from './import.inputs.js';
import { ImportRepository } from './import.repository.js';

const QUEUE = 'import-stories';

const GIVEN_UP = 'The import broke off again and again; import the file again.';

/** Imports files in the background. */
@Injectable()
export class ImportService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly users: UserRepository,
    private readonly stories: StoryService,
    private readonly imports: ImportRepository,
    private readonly files: ImportFiles,
    private readonly uploads: ImportUploads,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ importId: number }>(
      QUEUE,
      ({ importId }, signal) => this.#run(importId, signal),
      ({ importId }) => this.imports.fail(importId, GIVEN_UP),
    );
  }

  /** @throws {ApiError} `BAD_USER_INPUT`, or `RATE_LIMITED` while too many of the viewer’s imports are not done */
  async request(viewer: Viewer, input: ImportStoriesInput): Promise<ImportJobEntity> {
    checkTexts(input);
    const request = toRequest(input);
    if (request.storyId !== undefined) await this.stories.getEditable(viewer, request.storyId);
    const { uploadId } = request;
    if (uploadId !== undefined) await this.uploads.check(viewer, uploadId, 'input.uploadId');
    return this.database.transaction(async () => {
      const { userId } = viewer;
      if ((await this.imports.countUnfinished(userId)) >= MOST_UNFINISHED) throw tooManyImports();
      const job = await this.imports.insert({
        userId,
        request,
        content: input.content ?? null,
        moreContent: input.choicesContent ?? null,
      });
      await this.jobs.send(QUEUE, { importId: job.importId });
      return job;
    });
  }

  /** @throws {ApiError} `NOT_FOUND` unless it is the viewer’s, or the viewer is an administrator */
  async get(viewer: Viewer, importId: number): Promise<ImportJobEntity> {
    const job = await this.imports.find(importId);
    if (job === null || (job.userId !== viewer.userId && viewer.role !== 'admin')) {
      throw noSuchImport();
    }
    return job;
  }

  async #run(importId: number, signal: AbortSignal): Promise<void> {
    const job = await this.imports.find(importId);
    if (job?.finishedAt !== null) return;
    await this.imports.begin(importId);
    try {
      await this.imports.finish(importId, await this.#import(job, signal));
      const { isDryRun, uploadId } = job.request;
      if (uploadId !== undefined && !isDryRun) await this.uploads.drop(uploadId);
    } catch (error) {
      // A fault, or a server that stops, leaves the import to the next attempt.
      if (!(error instanceof ApiError)) throw error;
      await this.imports.fail(importId, error.message);
    }
  }

  async #import(
    { importId, userId, request, content, moreContent }: ImportJobEntity,
    signal: AbortSignal,
  ) {
    const viewer = await this.#viewer(userId);
    if (request.storyId !== undefined) await this.stories.getEditable(viewer, request.storyId);
    const done = (await this.imports.findStories([importId])).get(importId) ?? [];
    const { uploadId } = request;
    const file = {
      content: uploadId === undefined ? content! : await this.uploads.text(uploadId),
      ...(moreContent !== null && { choices: moreContent }),
    };
    return this.files.run(viewer, file, request, {
      signal,
      done: new Set(done.map(({ place }) => place)),
      onRead: (stories) => this.imports.beginWriting(importId, stories),
      onStory: (place, result) => this.imports.insertStory(importId, place, result),
    });
  }

  async #viewer(userId: number): Promise<Viewer> {
    const user = await this.users.findById(userId);
    if (user === null) throw new Error(`There is no user ${userId}.`);
    return { userId, role: user.role, sessionId: 0 };
  }
}

function checkTexts({ format, content, uploadId, choicesContent }: ImportStoriesInput): void {
  if (typeof content === 'string' ? uploadId : !uploadId) throw oneFileNeeded();
  for (const [path, text] of Object.entries({ content, choicesContent })) {
    if (typeof text !== 'string') continue;
    if (Buffer.byteLength(text) > MOST_BYTES) throw tooLarge(`input.${path}`);
    if (!isKeepable(text)) throw notText(`input.${path}`);
  }
  const isCsv = format === 'csv' || format === 'auto';
  if (choicesContent && !isCsv) throw choicesNeedCsv();
}

/** With a second file, it is CSV. */
const toRequest = ({
  format,
  dryRun,
  storyId,
  onExisting,
  uploadId,
  choicesContent,
}: ImportStoriesInput): ImportRequest => ({
  ...(format !== 'auto' && { format }),
  ...(choicesContent && { format: 'csv' }),
  isDryRun: dryRun,
  ...(storyId && { storyId: decodeId('story', storyId, 'input.storyId') }),
  onExisting,
  ...(uploadId && { uploadId: decodeId('upload', uploadId, 'input.uploadId') }),
});
