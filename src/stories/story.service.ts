import { Injectable } from '@nestjs/common';
import slugify from '@sindresorhus/slugify';
import { Database } from '../database/database.js';
import { DraftChanges } from './changes/draft-changes.js';
import { decodeId } from '../graphql/ids.js';
import type { Viewer } from '../graphql/viewer.js';
import {
  idOrSlugNeeded,
  isTakenSlug,
  noSuchStory,
  notASlug,
  notYourStory,
  rethrowTakenSlug,
  staleStory,
} from './story.errors.js';
import type { StoryEntity } from './story.entity.js';
import {
  isSlug,
  type CreateStoryInput,
  type PutStoryInput,
  type UpdateStoryInput,
} from './story.inputs.js';
import { mayEdit, maySee } from './story.policy.js';
import { StoryRepository, type StoryDetails } from './story.repository.js';

@Injectable()
export class StoryService {
  constructor(
    private readonly database: Database,
    private readonly changes: DraftChanges,
    private readonly stories: StoryRepository,
  ) {}

  /** @throws {ApiError} `NOT_FOUND` when there is none, or it is another author's draft */
  async getVisible(
    viewer: Viewer | undefined,
    by: { storyId?: number; slug?: string },
  ): Promise<StoryEntity> {
    return seen(viewer, await this.#find(by));
  }

  /** @throws {ApiError} `FORBIDDEN` for another author's published story, `NOT_FOUND` for another's draft */
  async getEditable(viewer: Viewer, storyId: number): Promise<StoryEntity> {
    const story = seen(viewer, await this.stories.findById(storyId));
    if (!mayEdit(viewer, story)) throw notYourStory();
    return story;
  }

  async create(viewer: Viewer, { slug, ...details }: CreateStoryInput): Promise<StoryEntity> {
    const whole = withDefaults(details);
    return slug === undefined
      ? this.#createUnderFreeSlug(viewer, whole)
      : this.stories.insert(viewer.userId, { ...whole, slug }).catch(rethrowTakenSlug);
  }

  /** @throws {ApiError} `CONFLICT` with the current story when another change came first */
  async update(
    viewer: Viewer,
    storyId: number,
    { revision, ...changes }: UpdateStoryInput,
  ): Promise<StoryEntity> {
    await this.getEditable(viewer, storyId);
    const updated = await this.changes
      .by(viewer, storyId, () => this.stories.update(storyId, revision, { ...changes }))
      .catch(rethrowTakenSlug);
    return updated ?? (await this.#refuseStale(viewer, storyId));
  }

  /**
   * Replaces the details of the story that `idOrSlug` names. An unknown slug makes a new story under it,
   * so that the same call again finds that story.
   */
  async put(viewer: Viewer, idOrSlug: string, input: PutStoryInput): Promise<StoryEntity> {
    const details = withDefaults(input);
    const bySlug = isSlug(idOrSlug);
    if (!bySlug && !idOrSlug.startsWith('sty_')) throw notASlug();
    const found = bySlug
      ? await this.stories.findBySlug(idOrSlug)
      : await this.stories.findById(decodeId('story', idOrSlug, 'id'));
    if (found === null && bySlug) {
      return this.stories
        .insert(viewer.userId, { ...details, slug: idOrSlug })
        .catch((error: unknown) => {
          // It came under this slug in the meantime: then it is the one to replace.
          if (isTakenSlug(error)) return this.put(viewer, idOrSlug, input);
          throw error;
        });
    }
    const story = seen(viewer, found);
    if (!mayEdit(viewer, story)) throw notYourStory();
    const updated = await this.changes.by(viewer, story.storyId, () =>
      this.stories.update(story.storyId, story.revision, details),
    );
    return updated ?? (await this.#refuseStale(viewer, story.storyId));
  }

  async delete(viewer: Viewer, storyId: number): Promise<void> {
    await this.getEditable(viewer, storyId);
    await this.stories.delete(storyId);
  }

  async #find({ storyId, slug }: { storyId?: number; slug?: string }): Promise<StoryEntity | null> {
    if (storyId !== undefined) return this.stories.findById(storyId);
    if (slug !== undefined) return this.stories.findBySlug(slug);
    throw idOrSlugNeeded();
  }

  async #createUnderFreeSlug(
    viewer: Viewer,
    details: Omit<StoryDetails, 'slug'>,
    tries = 5,
  ): Promise<StoryEntity> {
    const base = slugify(details.title).slice(0, 70).replace(/-+$/, '') || 'story';
    return this.database
      .transaction(async () => {
        await this.stories.lockSlug(base);
        const slug = await this.stories.freeSlug(base);
        return this.stories.insert(viewer.userId, { ...details, slug });
      })
      .catch((error: unknown) => {
        // Somebody took it by name, or from another title.
        if (!isTakenSlug(error) || tries === 1) throw error;
        return this.#createUnderFreeSlug(viewer, details, tries - 1);
      });
  }

  async #refuseStale(viewer: Viewer, storyId: number): Promise<never> {
    throw staleStory(await this.getEditable(viewer, storyId));
  }
}

function seen(viewer: Viewer | undefined, story: StoryEntity | null): StoryEntity {
  if (story === null || !maySee(viewer, story)) throw noSuchStory();
  return story;
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
