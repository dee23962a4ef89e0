import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { Threads } from '../../threads/threads.js';
import { DraftDocuments } from '../documents/draft-documents.js';
import { linkIsOver } from '../publishing.errors.js';
import { VersionRepository, type SnapshotText } from '../versions/version.repository.js';
import { Embedder } from './embedder.js';
import { exportFile, type ExportFile, type Piece } from './export-file.js';
import { ExportLinks } from './export-links.js';
import { ExportFormat, type StoryExport } from './export.type.js';
import { EXPORT_TASKS } from './export.task-file.js';
import type { DocumentFormat } from './export.writers.js';
import { MediaList } from './media-list.js';
import { PlayerFiles } from './player-files.js';
import { ifidOf } from '../documents/story-ifid.js';

/** The most bytes that an answer holds of a file. */
const MOST_IN_ANSWER = 1024 * 1024;

interface Content {
  readonly pieces: readonly Piece[];
  readonly mediaLeftOut: number;
}

/** Stories as files, for those who work on them. */
@Injectable()
export class ExportService {
  constructor(
    private readonly users: UserRepository,
    private readonly stories: StoryService,
    private readonly documents: DraftDocuments,
    private readonly drafts: DraftDefinitionRepository,
    private readonly versions: VersionRepository,
    private readonly embedder: Embedder,
    private readonly mediaList: MediaList,
    private readonly player: PlayerFiles,
    private readonly links: ExportLinks,
    private readonly threads: Threads,
  ) {}

  /**
   * A story as a file, and a link to it.
   * @param versionId the draft when left out
   * @throws {ApiError} `BAD_USER_INPUT` when that is no version of the story
   */
  async export(
    viewer: Viewer,
    storyId: number,
    format: ExportFormat,
    versionId?: number,
  ): Promise<StoryExport> {
    const story = await this.stories.getInspectable(viewer, storyId);
    const file = await this.write(story, format, versionId);
    const { filename, mediaType, size, mediaLeftOut, stream } = file;
    return {
      ...{ filename, mediaType, size, mediaLeftOut },
      content: size > MOST_IN_ANSWER ? null : (await buffer(stream())).toString(),
      url: this.links.make({
        ...{ storyId, format, userId: viewer.userId },
        ...(versionId !== undefined && { versionId }),
      }),
    };
  }

  /**
   * The file that a link gives, as the draft is now.
   * @throws {ApiError} `FORBIDDEN` when the link was altered or is over; as the story does where whom it was given to may
   * not see its draft any more
   */
  async follow(token: string): Promise<ExportFile> {
    const linked = this.links.read(token);
    const user = linked && (await this.users.findById(linked.userId));
    if (!user) throw linkIsOver();
    const viewer: Viewer = { userId: user.userId, role: user.role, sessionId: 0 };
    const story = await this.stories.getInspectable(viewer, linked.storyId);
    return this.write(story, linked.format, linked.versionId);
  }

  /** Who may have it is for the caller to ask. */
  async write(story: StoryEntity, format: ExportFormat, versionId?: number): Promise<ExportFile> {
    const version =
      versionId === undefined ? undefined : await this.#version(story.storyId, versionId);
    const content =
      format === ExportFormat.HTML
        ? await this.#page(story, version)
        : await this.#document(story, format, version);
    const { slug } = story;
    return exportFile(format, { slug, ...(version && { version: version.number }) }, content);
  }

  async #document(
    row: StoryEntity,
    format: DocumentFormat,
    version: SnapshotText | undefined,
  ): Promise<Content> {
    const source = {
      draft: await this.documents.texts(row.storyId),
      ...(version && { snapshot: version.snapshot }),
    };
    const mediaIds = await this.threads.run(EXPORT_TASKS, 'mediaOfDocument', source);
    const isWithMedia = format === ExportFormat.TALEGRAPH_JSON;
    const { listed, embedded } = await this.mediaList.of(isWithMedia ? mediaIds : []);
    const bytes = await this.threads.run(EXPORT_TASKS, 'writeDocument', {
      ...{ source, format, media: listed, ifid: ifidOf(row) },
    });
    return {
      pieces: embedded.pieces(asBuffer(bytes)),
      mediaLeftOut: isWithMedia ? embedded.leftOut : mediaIds.length,
    };
  }

  async #page(row: StoryEntity, version: SnapshotText | undefined): Promise<Content> {
    const from = version ?? { draft: await this.drafts.text(row.storyId) };
    const page = await this.threads.run(EXPORT_TASKS, 'toPageStory', from);
    const { files, leftOut, pieces } = await this.embedder.embed(page.media);
    const media = Object.fromEntries(
      [...files].map(([key, { contentType, mark }]) => [key, `data:${contentType};base64,${mark}`]),
    );
    const author = await this.users.findById(row.authorId);
    const { title, description, language } = row;
    const bytes = await this.threads.run(EXPORT_TASKS, 'writePage', {
      ...{ title, description, language, author: author?.username ?? '' },
      ...{ ...page, media, player: await this.player.get() },
    });
    return { pieces: pieces(asBuffer(bytes)), mediaLeftOut: leftOut };
  }

  async #version(storyId: number, versionId: number): Promise<SnapshotText> {
    const version = await this.versions.snapshotText(storyId, versionId);
    if (version === undefined) throw badField('versionId', 'must be a version of this story');
    return version;
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
