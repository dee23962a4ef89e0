import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { contentHashOf } from '../../engine/content-hash.js';
import type { StoryDefinition } from '../../engine/core/definition.js';
import { DraftDefinitionRepository } from '../../engine/draft-definition.repository.js';
import { badField } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { StoryService } from '../../stories/story.service.js';
import { DraftDocuments } from '../documents/draft-documents.js';
import { writeHtml } from '../formats/html/write-html.js';
import type { StoryDocument } from '../formats/story-document.js';
import { linkIsOver } from '../publishing.errors.js';
import { VersionRepository, type VersionSnapshot } from '../versions/version.repository.js';
import { Embedder, type WantedFile } from './embedder.js';
import { exportFile, type ExportFile } from './export-file.js';
import { ExportLinks } from './export-links.js';
import { ExportFormat, type StoryExport } from './export.type.js';
import { WRITERS } from './export.writers.js';
import { PlayerFiles } from './player-files.js';
import { ifidOf } from './story-ifid.js';
import { versionDocument } from './version-document.js';

/** The most bytes that an answer holds of a file. */
const MOST_IN_ANSWER = 1024 * 1024;

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
    private readonly player: PlayerFiles,
    private readonly links: ExportLinks,
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

  /** Step by step, so that others are answered in between. Who may have it is for the caller to ask. */
  async write(story: StoryEntity, format: ExportFormat, versionId?: number): Promise<ExportFile> {
    const version =
      versionId === undefined ? undefined : await this.#version(story.storyId, versionId);
    const content =
      format === ExportFormat.HTML
        ? await this.#html(story, version?.snapshot)
        : {
            pieces: [
              await WRITERS[format](await this.#document(story.storyId, version), ifidOf(story)),
            ],
            mediaLeftOut: 0,
          };
    await setImmediate();
    const { slug } = story;
    return exportFile(format, { slug, ...(version && { version: version.number }) }, content);
  }

  async #document(storyId: number, version?: VersionSnapshot): Promise<StoryDocument> {
    const draft = await this.documents.read(storyId);
    await setImmediate();
    return version === undefined ? draft : versionDocument(draft, version.snapshot);
  }

  async #html(row: StoryEntity, snapshot?: StoryDefinition) {
    const story = snapshot ?? (await this.drafts.load(row.storyId));
    const author = await this.users.findById(row.authorId);
    const contentHash = contentHashOf(story);
    await setImmediate();
    const { files, leftOut, pieces } = await this.embedder.embed(mediaToShow(story));
    const media = Object.fromEntries(
      [...files].map(([key, { contentType, mark }]) => [key, `data:${contentType};base64,${mark}`]),
    );
    const { title, description, language } = row;
    const texts = writeHtml(
      { title, description, language, author: author?.username ?? '', contentHash, media, story },
      await this.player.get(),
    );
    return { pieces: texts.flatMap(pieces), mediaLeftOut: leftOut };
  }

  async #version(storyId: number, versionId: number): Promise<VersionSnapshot> {
    const [version] = await this.versions.findSnapshots([versionId]);
    if (version?.storyId !== storyId)
      throw badField('versionId', 'must be a version of this story');
    return version;
  }
}

/** What a page shows and plays: images no larger than it shows them. */
const mediaToShow = ({ nodes }: StoryDefinition): WantedFile[] =>
  nodes.flatMap(({ media }): WantedFile[] => [
    ...(media?.image?.key === undefined
      ? []
      : [{ key: media.image.key, variant: 'cover' as const }]),
    ...(media?.audio?.key === undefined
      ? []
      : [{ key: media.audio.key, variant: 'audio' as const }]),
  ]);
