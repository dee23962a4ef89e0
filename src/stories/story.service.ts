import { Injectable } from '@nestjs/common';
import slugify from '@sindresorhus/slugify';
import { Database } from '../database/database.js';
import { DraftChanges } from './changes/draft-changes.js';
import { LaterChanges, type Basis } from './changes/later-changes.js';
import { decodeId } from '../graphql/ids.js';
import type { Viewer } from '../graphql/viewer.js';
import {
  idOrSlugNeeded,
  notBothIdAndSlug,
  isTakenSlug,
  noSuchStory,
  notASlug,
  notYourStory,
  rethrowTakenSlug,
  staleStory,
  WRITERS,
} from './story.errors.js';
import type { StoryEntity } from './story.entity.js';
import {
  isSlug,
  type CreateStoryInput,
  type PutStoryInput,
  type UpdateStoryInput,
} from './story.inputs.js';
import { Covers } from './library/cover.js';
import { StoryRoles } from './collaborators/story-roles.js';
import {
  mayInspect,
  mayManage,
  mayPublish,
  maySee,
  mayWrite,
  type Permission,
  type StoryRole,
} from './story.policy.js';
import { RecentStories } from './recent-stories.js';
import { StoryRepository, type StoryDetails } from './story.repository.js';

/** A permission, and who has it, as a refusal says. */
interface Right {
  readonly may: Permission;
  readonly whose: string;
}

const INSPECT: Right = { may: mayInspect, whose: 'collaborators' };
const WRITE: Right = { may: mayWrite, whose: WRITERS };
const PUBLISH: Right = { ...WRITE, may: mayPublish };
const MANAGE: Right = { may: mayManage, whose: 'the owner' };

@Injectable()
export class StoryService {
  constructor(
    private readonly database: Database,
    private readonly changes: DraftChanges,
    private readonly stories: StoryRepository,
    private readonly recent: RecentStories,
    private readonly roles: StoryRoles,
    private readonly laterChanges: LaterChanges,
    private readonly covers: Covers,
  ) {}

  /**
   * As it was within the last second, where it is published.
   * @throws {ApiError} `NOT_FOUND` when there is none, or it is a draft that the viewer does not work on
   */
  async getVisible(
    viewer: Viewer | undefined,
    by: { storyId?: number; slug?: string },
  ): Promise<StoryEntity> {
    const story = await this.recent.one(JSON.stringify(by), () => this.#find(by));
    return story?.isPublished ? story : this.#permitted(viewer, story, INSPECT);
  }

  /**
   * A story whose draft the viewer may see, with its findings, history, versions and so on: every collaborator may.
   * @throws {ApiError} as all of these: `FORBIDDEN` when the viewer may see the story but not do this, else `NOT_FOUND`
   */
  async getInspectable(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    return this.#permitted(viewer, await this.stories.findById(storyId), INSPECT);
  }

  /** What the viewer is to a story that they may inspect. */
  async getRole(viewer: Viewer, storyId: number): Promise<StoryRole | undefined> {
    return (await this.#permittedAs(viewer, await this.stories.findById(storyId), INSPECT)).role;
  }

  /** A story whose draft the viewer may change: editors may. */
  async getEditable(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    return this.#permitted(viewer, await this.stories.findById(storyId), WRITE);
  }

  /** Whether the viewer may change the draft of a story. */
  async mayEdit(viewer: Viewer, storyId: number): Promise<boolean> {
    const story = await this.stories.findById(storyId);
    return story !== null && mayWrite(await this.roles.find(viewer, story));
  }

  /** A story that the viewer may publish and unpublish: editors may. */
  async getPublishable(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    return this.#permitted(viewer, await this.stories.findById(storyId), PUBLISH);
  }

  /**
   * Does what only the owner may: deletes a story, gives it away or shares it. The story is locked meanwhile.
   * @throws {ApiError} as all of these, also where the story got another owner while this call waited its turn
   */
  async managing<T>(
    viewer: Viewer,
    storyId: number,
    work: (story: StoryEntity) => Promise<T>,
  ): Promise<T> {
    const manageable = async () =>
      this.#permitted(viewer, await this.stories.findById(storyId), MANAGE);
    await manageable();
    return this.database.transaction(async () => {
      await this.stories.lock(storyId);
      return work(await manageable());
    });
  }

  async create(viewer: Viewer, { slug, ...details }: CreateStoryInput): Promise<StoryEntity> {
    return slug === undefined
      ? this.#createUnderFreeSlug(viewer, details)
      : this.#insert(viewer, details, slug).catch(rethrowTakenSlug);
  }

  /** @throws {ApiError} `CONFLICT` with the current story when another change came first */
  async update(
    viewer: Viewer,
    storyId: number,
    { revision, cover, ...changes }: UpdateStoryInput,
  ): Promise<StoryEntity> {
    const story = await this.getEditable(viewer, storyId);
    const updated = await this.changes
      .by(viewer, storyId, async () =>
        this.stories.update(storyId, revision, {
          ...changes,
          ...(await this.covers.columnOf(viewer, story, cover)),
        }),
      )
      .catch(rethrowTakenSlug);
    return (
      updated ?? (await this.refuseStale(viewer, storyId, { revision, path: 'input.revision' }))
    );
  }

  /**
   * Replaces the details of the story that `idOrSlug` names. An unknown slug makes a new story under it,
   * so that the same call again finds that story.
   */
  async put(viewer: Viewer, idOrSlug: string, input: PutStoryInput): Promise<StoryEntity> {
    const bySlug = isSlug(idOrSlug);
    if (!bySlug && !idOrSlug.startsWith('sty_')) throw notASlug();
    const found = bySlug
      ? await this.stories.findBySlug(idOrSlug)
      : await this.stories.findById(decodeId('story', idOrSlug, 'id'));
    if (found === null && bySlug) {
      return this.#insert(viewer, input, idOrSlug).catch((error: unknown) => {
        // It came under this slug in the meantime: then it is the one to replace.
        if (isTakenSlug(error)) return this.put(viewer, idOrSlug, input);
        throw error;
      });
    }
    const story = await this.#permitted(viewer, found, WRITE);
    const updated = await this.changes.by(viewer, story.storyId, async () =>
      this.stories.update(story.storyId, story.revision, {
        ...withDefaults(input),
        ...(await this.covers.columnOf(viewer, story, input.cover ?? null)),
      }),
    );
    const { revision } = story;
    return updated ?? (await this.refuseStale(viewer, story.storyId, { revision, path: 'input' }));
  }

  /**
   * @param basis what the refused change was made on
   * @throws {ApiError} `CONFLICT` with the current story, and who changed what of it since
   */
  async refuseStale(viewer: Viewer, storyId: number, basis: Basis): Promise<never> {
    const row = await this.getEditable(viewer, storyId);
    const changed = { kind: 'story', rowId: storyId, row } as const;
    throw staleStory(row, await this.laterChanges.since(basis, changed));
  }

  delete(viewer: Viewer, storyId: number): Promise<void> {
    return this.managing(viewer, storyId, () => this.stories.delete(storyId));
  }

  async #find({ storyId, slug }: { storyId?: number; slug?: string }): Promise<StoryEntity | null> {
    if (storyId !== undefined && slug) throw notBothIdAndSlug();
    if (storyId !== undefined) return this.stories.findById(storyId);
    if (slug !== undefined) return this.stories.findBySlug(slug);
    throw idOrSlugNeeded();
  }

  async #permitted(
    viewer: Viewer | undefined,
    story: StoryEntity | null,
    right: Right,
  ): Promise<StoryEntity> {
    return (await this.#permittedAs(viewer, story, right)).story;
  }

  async #permittedAs(
    viewer: Viewer | undefined,
    story: StoryEntity | null,
    { may, whose }: Right,
  ): Promise<{ story: StoryEntity; role: StoryRole | undefined }> {
    if (story === null) throw noSuchStory();
    const role = await this.roles.find(viewer, story);
    if (may(role)) return { story, role };
    throw maySee(role, story) ? notYourStory(whose) : noSuchStory();
  }

  #insert(viewer: Viewer, input: PutStoryInput, slug: string): Promise<StoryEntity> {
    return this.database.transaction(async () =>
      this.stories.insert(viewer.userId, {
        ...withDefaults(input),
        ...(await this.covers.columnOf(viewer, undefined, input.cover)),
        slug,
      }),
    );
  }

  async #createUnderFreeSlug(
    viewer: Viewer,
    details: PutStoryInput,
    tries = 5,
  ): Promise<StoryEntity> {
    const base = slugify(details.title).slice(0, 70).replace(/-+$/, '') || 'story';
    return this.database
      .transaction(async () => {
        await this.stories.lockSlug(base);
        const slug = await this.stories.freeSlug(base);
        return this.#insert(viewer, details, slug);
      })
      .catch((error: unknown) => {
        // Somebody took it by name, or from another title.
        if (!isTakenSlug(error) || tries === 1) throw error;
        return this.#createUnderFreeSlug(viewer, details, tries - 1);
      });
  }
}

function withDefaults(input: PutStoryInput): Omit<StoryDetails, 'slug'> {
  return {
    title: input.title,
    description: input.description,
    category: input.category,
    difficultyLevel: input.difficultyLevel,
    tags: input.tags ?? [],
    language: input.language ?? 'en',
    spoilerGuard: input.spoilerGuard ?? false,
  };
}
