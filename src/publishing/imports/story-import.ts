import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ApiError, badField } from '../../graphql/errors.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { noSuchStory } from '../../stories/story.errors.js';
import { StoryRepository } from '../../stories/story.repository.js';
import type { MediaIds } from '../documents/document-media.js';
import { DraftDocuments } from '../documents/draft-documents.js';
import { StorySourceRepository } from '../documents/story-source.repository.js';
import { inFile, type DocumentProblem } from '../formats/document-check.js';
import { error, warning, type FileProblem, type Told } from '../formats/place.js';
import type { StoryDocument } from '../formats/story-document.js';
import type { FileStory } from './file-reader.js';
import type { ImportRequest } from './import-job.entity.js';
import type { StoryResult } from './import.repository.js';
import { MediaImport } from './media-import.js';
import { StoryChanges } from './story-changes.js';

/** The most problems that are kept of one story. */
const MOST_PROBLEMS = 500;

/** Who is told what becomes of a story. */
export interface StoryProgress {
  readonly signal?: AbortSignal;
  /** Notes the result; called in the transaction that writes the story. */
  readonly keep: (result: StoryResult) => Promise<void>;
}

/** What ends a dry run: all that it wrote is undone. */
class DryRun extends Error {}

/** Where a document goes: to a story that is there, to a new one, or nowhere. */
type Target =
  | { readonly storyId: number | undefined; readonly document: StoryDocument }
  | { readonly refusal: Told };

/** Imports single stories: whole, or not at all. */
@Injectable()
export class StoryImport {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly drafts: DraftDocuments,
    private readonly sources: StorySourceRepository,
    private readonly media: MediaImport,
    private readonly changes: StoryChanges,
  ) {}

  /** Writes a story, where nothing is wrong with it. What the draft refuses is told as an error of that story. */
  async run(
    viewer: Viewer,
    source: FileStory,
    request: ImportRequest,
    progress: StoryProgress,
  ): Promise<StoryResult> {
    try {
      return await this.#import(viewer, source, request, progress);
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      const { message } = refusal;
      const problems = [...source.problems, error({ code: 'OTHER', message })];
      return this.#refuse(source, problems, progress.keep);
    }
  }

  async #import(
    viewer: Viewer,
    source: FileStory,
    request: ImportRequest,
    { keep, signal }: StoryProgress,
  ): Promise<StoryResult> {
    const problems = [...source.problems];
    if (source.story === undefined || problems.some(isError)) {
      return this.#refuse(source, problems, keep);
    }
    const target = await this.#target(viewer, source.story, request);
    if ('refusal' in target) {
      problems.push(error(target.refusal, source.placeOf(['slug'])));
      return this.#refuse(source, problems, keep);
    }
    problems.push(...(await this.#sharedTwin(viewer, source.story, target.storyId, request)));
    const media = await this.media.plan(viewer, target.storyId, target.document);
    problems.push(...media.problems.map((problem) => toFileProblem(source, problem)));
    if (problems.some(isError)) return this.#refuse(source, problems, keep);
    if (request.isDryRun) {
      const tried = await this.#tried(() => this.#write(viewer, target, media.known));
      const isChanged = tried.action === 'unchanged' && media.toMake.length > 0;
      const result = resultOf(
        source,
        problems,
        isChanged ? { ...tried, action: 'updated' } : tried,
      );
      await keep(result);
      return result;
    }
    const made = await this.media.make(viewer, media.toMake, signal);
    try {
      return await this.database.transaction(async () => {
        await this.sources.lock(viewer.userId, StoryImport.identityOf(source));
        // Another import may have made the story meanwhile.
        const now = await this.#target(viewer, source.story!, request);
        if ('refusal' in now) throw badField('slug', now.refusal.message);
        const ids = new Map([...media.known, ...made]);
        const result = resultOf(source, problems, await this.#write(viewer, now, ids));
        await keep(result);
        return result;
      });
    } catch (error) {
      await this.media.discard(made);
      throw error;
    }
  }

  /** What names a story among its author’s; two stories of a file must not have the same. */
  static identityOf({ story }: FileStory): string | undefined {
    const ifid = story?.twine?.story.ifid;
    if (story?.slug !== undefined) return `slug ${story.slug}`;
    return ifid === undefined ? undefined : `IFID ${ifid}`;
  }

  async #refuse(
    source: FileStory,
    problems: readonly FileProblem[],
    keep: (result: StoryResult) => Promise<void>,
  ): Promise<StoryResult> {
    const result = resultOf(source, problems, { action: 'refused', storyId: null, changes: null });
    await keep(result);
    return result;
  }

  async #target(
    { userId }: Viewer,
    document: StoryDocument,
    { storyId, onExisting }: ImportRequest,
  ): Promise<Target> {
    const { slug, twine, ...rest } = document;
    if (storyId !== undefined) {
      if ((await this.stories.findById(storyId)) === null) throw noSuchStory();
      return { storyId, document };
    }
    const isUpdate = onExisting === 'update';
    if (slug !== undefined) {
      const found = await this.stories.findBySlug(slug);
      if (found === null) return { storyId: undefined, document };
      if (!isUpdate) return { storyId: undefined, document: { ...rest, twine } };
      return found.authorId === userId
        ? { storyId: found.storyId, document }
        : { refusal: slugTaken(slug, await this.sources.findShared(userId, { slug })) };
    }
    const ifid = isUpdate ? twine?.story.ifid : undefined;
    const known = ifid === undefined ? undefined : await this.sources.findStory(userId, ifid);
    return { storyId: known, document };
  }

  /** Tells of a story that is shared with the viewer under the IFID of one that will be new. */
  async #sharedTwin(
    { userId }: Viewer,
    { slug, twine }: StoryDocument,
    storyId: number | undefined,
    { onExisting }: ImportRequest,
  ): Promise<FileProblem[]> {
    const ifid = twine?.story.ifid;
    const isByIfid = storyId === undefined && slug === undefined && onExisting === 'update';
    if (!isByIfid || ifid === undefined) return [];
    const shared = await this.sources.findShared(userId, { ifid });
    if (shared === undefined) return [];
    const message = `A story that is shared with you has the IFID ${ifid}; this one becomes a story of your own.`;
    return [warning({ code: 'SHARED_STORY', message, fix: writeShared(shared) })];
  }

  /** @param media what the document's media are */
  async #write(
    viewer: Viewer,
    { storyId, document }: Exclude<Target, { refusal: Told }>,
    media: MediaIds,
  ): Promise<Written> {
    const write = () => this.drafts.write(viewer, document, { media, storyId });
    return storyId === undefined
      ? { ...(await write()), changes: null }
      : this.changes.telling(storyId, write);
  }

  /** What writing would do. A story that would be new has no id. */
  async #tried(write: () => Promise<Written>): Promise<Written> {
    let written: Written | undefined;
    await this.database
      .transaction(async () => {
        written = await write();
        throw new DryRun();
      })
      .catch((error: unknown) => {
        if (!(error instanceof DryRun)) throw error;
      });
    return { ...written!, ...(written!.action === 'created' && { storyId: null }) };
  }
}

type Written = Pick<StoryResult, 'action' | 'storyId' | 'changes'>;

const isError = ({ severity }: FileProblem) => severity === 'error';

/** @param shared the story, where it is shared with the one who imports */
const slugTaken = (slug: string, shared: number | undefined): Told => ({
  code: 'SLUG_TAKEN',
  message: `slug: a story of another author is called ${slug}; choose another name`,
  ...(shared !== undefined && { fix: writeShared(shared) }),
});

const writeShared = (storyId: number): string =>
  `To write the one that is shared with you, name it: storyId ${encodeId('story', storyId)}.`;

const toFileProblem = ({ story, placeOf }: FileStory, problem: DocumentProblem): FileProblem =>
  inFile(problem, story, placeOf(problem.path));

const resultOf = (
  { title, story, report }: FileStory,
  problems: readonly FileProblem[],
  { action, storyId, changes }: Written,
): StoryResult => ({
  title,
  action,
  storyId,
  nodeCount: story?.nodes.length ?? 0,
  choiceCount: story?.nodes.reduce((sum, { choices = [] }) => sum + choices.length, 0) ?? 0,
  problems: problems.slice(0, MOST_PROBLEMS),
  problemCount: problems.length,
  report: report ?? null,
  changes,
});
