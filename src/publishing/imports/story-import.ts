import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { ruleProblems } from '../documents/document-rules.js';
import { DraftDocuments } from '../documents/draft-documents.js';
import { StorySourceRepository } from '../documents/story-source.repository.js';
import type { FileProblem } from '../formats/place.js';
import type { SourceStory } from '../formats/read-stories.js';
import type { StoryDocument } from '../formats/story-document.js';
import type { ImportRequest } from './import-job.entity.js';
import type { StoryResult } from './import.repository.js';

/** The most problems that are kept of one story. */
const MOST_PROBLEMS = 500;

/** What ends a dry run: all that it wrote is undone. */
class DryRun extends Error {}

/** Where a document goes: to a story that is there, to a new one, or nowhere. */
type Target =
  | { readonly storyId: number | undefined; readonly document: StoryDocument }
  | { readonly refusal: string };

/** Imports single stories: whole, or not at all. */
@Injectable()
export class StoryImport {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly drafts: DraftDocuments,
    private readonly sources: StorySourceRepository,
  ) {}

  /**
   * Checks a story and, where nothing is wrong with it, writes it.
   * @param keep notes the result, in the transaction that writes the story
   */
  async run(
    viewer: Viewer,
    source: SourceStory,
    request: ImportRequest,
    keep: (result: StoryResult) => Promise<void>,
  ): Promise<StoryResult> {
    const problems = problemsOf(source);
    if (source.story === undefined || problems.some(isError)) {
      return this.#refuse(source, problems, keep);
    }
    const target = await this.#target(viewer, source.story, request);
    if ('refusal' in target) {
      const place = source.placeOf(['slug']);
      return this.#refuse(
        source,
        [...problems, { severity: 'error', ...(place && { place }), message: target.refusal }],
        keep,
      );
    }
    const write = () => this.#write(viewer, source, target, problems);
    const result = await (request.isDryRun ? this.#tried(write) : this.#kept(write, keep));
    if (request.isDryRun) await keep(result);
    return result;
  }

  /** What names a story among its author’s; two stories of a file must not have the same. */
  static identityOf({ story }: SourceStory): string | undefined {
    const ifid = story?.twine?.story.ifid;
    if (story?.slug !== undefined) return `slug ${story.slug}`;
    return ifid === undefined ? undefined : `IFID ${ifid}`;
  }

  async #refuse(
    source: SourceStory,
    problems: readonly FileProblem[],
    keep: (result: StoryResult) => Promise<void>,
  ): Promise<StoryResult> {
    const result = resultOf(source, problems, 'refused', null);
    await keep(result);
    return result;
  }

  async #target(
    { userId }: Viewer,
    document: StoryDocument,
    { storyId, onExisting }: ImportRequest,
  ): Promise<Target> {
    const { slug, twine, ...rest } = document;
    if (storyId !== undefined) return { storyId, document };
    const isUpdate = onExisting === 'update';
    if (slug !== undefined) {
      const found = await this.stories.findBySlug(slug);
      if (found === null) return { storyId: undefined, document };
      if (!isUpdate) return { storyId: undefined, document: { ...rest, twine } };
      return found.authorId === userId
        ? { storyId: found.storyId, document }
        : { refusal: `slug: a story of another author is called ${slug}; choose another name` };
    }
    const ifid = isUpdate ? twine?.story.ifid : undefined;
    const known = ifid === undefined ? undefined : await this.sources.findStory(userId, ifid);
    return { storyId: known, document };
  }

  async #write(
    viewer: Viewer,
    source: SourceStory,
    { storyId, document }: Exclude<Target, { refusal: string }>,
    problems: readonly FileProblem[],
  ): Promise<StoryResult> {
    const written = await this.drafts.write(viewer, document, { storyId });
    return resultOf(source, problems, written.action, written.storyId);
  }

  #kept(
    write: () => Promise<StoryResult>,
    keep: (result: StoryResult) => Promise<void>,
  ): Promise<StoryResult> {
    return this.database.transaction(async () => {
      const result = await write();
      await keep(result);
      return result;
    });
  }

  /** What writing would do. A story that would be new has no id. */
  async #tried(write: () => Promise<StoryResult>): Promise<StoryResult> {
    let result: StoryResult | undefined;
    await this.database
      .transaction(async () => {
        result = await write();
        throw new DryRun();
      })
      .catch((error: unknown) => {
        if (!(error instanceof DryRun)) throw error;
      });
    return { ...result!, ...(result!.action === 'created' && { storyId: null }) };
  }
}

const isError = ({ severity }: FileProblem) => severity === 'error';

/** What is wrong with the story by itself, and by the rules of the API. */
function problemsOf({ story, problems, placeOf }: SourceStory): FileProblem[] {
  if (story === undefined || problems.some(isError)) return [...problems];
  const ofRules = ruleProblems(story).map(({ severity, path, message, within }): FileProblem => {
    const place = placeOf(path, within);
    return { severity, ...(place && { place }), message };
  });
  return [...problems, ...ofRules];
}

const resultOf = (
  { title, story, report }: SourceStory,
  problems: readonly FileProblem[],
  action: StoryResult['action'],
  storyId: number | null,
): StoryResult => ({
  title,
  action,
  storyId,
  nodeCount: story?.nodes.length ?? 0,
  choiceCount: story?.nodes.reduce((sum, { choices = [] }) => sum + choices.length, 0) ?? 0,
  problems: problems.slice(0, MOST_PROBLEMS),
  problemCount: problems.length,
  report: report ?? null,
});
