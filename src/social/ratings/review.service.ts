import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ReadExtents } from '../../progress/reading/read-extents.js';
import { CollaboratorRepository } from '../../stories/collaborators/collaborator.repository.js';
import { StoryRoles } from '../../stories/collaborators/story-roles.js';
import type { StoryEntity } from '../../stories/story.entity.js';
import { mayManage } from '../../stories/story.policy.js';
import { StoryRepository } from '../../stories/story.repository.js';
import { StoryService } from '../../stories/story.service.js';
import { BlockRepository } from '../follows/block.repository.js';
import { RatingTallyRepository } from './rating-tally.repository.js';
import { ReviewChanges } from './review-changes.js';
import type { ReviewEntity } from './review.entity.js';
import {
  noReply,
  noSuchReview,
  notPublished,
  notReadEnough,
  nothingRated,
  notTheAuthor,
  workingOnIt,
} from './review.errors.js';
import type { RateStoryInput } from './review.inputs.js';
import { ReviewNews } from './review-news.js';
import { hasReadEnough, keptFrom, mayRead } from './review.policy.js';
import { ReviewRepository, type Opinion } from './review.repository.js';
import { VoteRepository } from './vote.repository.js';

/** What readers think of stories, and what authors answer. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly storyRows: StoryRepository,
    private readonly roles: StoryRoles,
    private readonly collaborators: CollaboratorRepository,
    private readonly extents: ReadExtents,
    private readonly reviews: ReviewRepository,
    private readonly votes: VoteRepository,
    private readonly tally: RatingTallyRepository,
    private readonly changes: ReviewChanges,
    private readonly news: ReviewNews,
    private readonly blocks: BlockRepository,
  ) {}

  /** @throws {ApiError} `NOT_FOUND` when there is none, or the viewer may not see it, its writer or its story */
  async get(viewer: Viewer | undefined, reviewId: number): Promise<ReviewEntity> {
    const review = await this.reviews.findById(reviewId);
    if (review === null || !mayRead(viewer, review)) throw noSuchReview();
    const apartFrom = keptFrom(viewer);
    if (apartFrom !== undefined && (await this.blocks.areApart(apartFrom, review.userId)))
      throw noSuchReview();
    await this.stories.getVisible(viewer, { storyId: review.storyId });
    return review;
  }

  /**
   * Rates a story, or changes what the viewer thought of it.
   * @throws {ApiError} `STORY_NOT_READ` until the viewer has read enough of it, `FORBIDDEN` to those who work on it
   */
  async rate(viewer: Viewer, storyId: number, input: RateStoryInput): Promise<ReviewEntity> {
    const story = await this.stories.getVisible(viewer, { storyId });
    await this.#assertMayRate(viewer, story);
    return this.changing(storyId, async () => {
      const before = await this.reviews.findOf(viewer.userId, storyId);
      const opinion = opinionOf(before, input);
      return { before, after: await this.#write(viewer.userId, storyId, before, opinion) };
    });
  }

  /** Takes back what the viewer thought of a story, also of one that is not there for readers any more. */
  async deleteOwn(viewer: Viewer, storyId: number): Promise<void> {
    await this.changing(storyId, async () => {
      const before = await this.reviews.findOf(viewer.userId, storyId);
      if (before?.deletedAt !== null) throw nothingRated();
      const after = await this.reviews.blank(before.reviewId);
      await this.votes.deleteAll(before.reviewId);
      return { before, after };
    });
  }

  /** Answers a review as the author of the story, or changes that answer. */
  async reply(viewer: Viewer, reviewId: number, text: string): Promise<ReviewEntity> {
    return this.#answering(viewer, reviewId, async () => {
      const review = await this.reviews.setReply(reviewId, viewer.userId, text);
      await this.news.replied(review);
      return review;
    });
  }

  async deleteReply(viewer: Viewer, reviewId: number): Promise<ReviewEntity> {
    return this.#answering(viewer, reviewId, ({ reply }) => {
      if (reply === null) throw noReply();
      return this.reviews.deleteReply(reviewId);
    });
  }

  /**
   * Changes a review, and the figures of its story with it. Those who do that to one story take turns.
   * @param change is told nothing that was read before its turn
   */
  changing(
    storyId: number,
    change: () => Promise<{ before: ReviewEntity | null; after: ReviewEntity }>,
  ): Promise<ReviewEntity> {
    return this.database.transaction(async () => {
      await this.storyRows.lock(storyId);
      const { before, after } = await change();
      await this.tally.move(before, after);
      await this.changes.tell(after);
      await this.news.changed(before, after);
      return after;
    });
  }

  async #answering(
    viewer: Viewer,
    reviewId: number,
    answer: (review: ReviewEntity) => Promise<ReviewEntity>,
  ): Promise<ReviewEntity> {
    const { storyId } = await this.get(viewer, reviewId);
    const story = await this.stories.getVisible(viewer, { storyId });
    if (!mayManage(await this.roles.find(viewer, story))) throw notTheAuthor();
    return this.database.transaction(async () => {
      const review = await this.reviews.lock(reviewId);
      if (review === null || !mayRead(viewer, review)) throw noSuchReview();
      return answer(review);
    });
  }

  async #assertMayRate({ userId }: Viewer, story: StoryEntity): Promise<void> {
    const { storyId, authorId, isPublished, publishedVersionId } = story;
    const roles = await this.collaborators.rolesOf(userId, [storyId]);
    if (userId === authorId || roles.has(storyId)) throw workingOnIt();
    if (!isPublished || publishedVersionId === null) throw notPublished();
    const extent = await this.extents.of(userId, storyId, publishedVersionId);
    if (!hasReadEnough(extent)) throw notReadEnough(extent);
  }

  async #write(
    userId: number,
    storyId: number,
    before: ReviewEntity | null,
    opinion: Opinion,
  ): Promise<ReviewEntity> {
    if (before === null) return this.reviews.insert(userId, storyId, opinion);
    if (before.deletedAt !== null) return this.reviews.revive(before.reviewId, opinion);
    return isSame(before, opinion) ? before : this.reviews.update(before.reviewId, opinion);
  }
}

/** What a reader says now: what they leave out stays as it was. */
function opinionOf(
  before: Opinion | null,
  { rating, review, hasSpoilers }: RateStoryInput,
): Opinion {
  const text = review === undefined ? (before?.text ?? null) : review;
  const isMarked = hasSpoilers ?? before?.hasSpoilers ?? false;
  return { rating, text, hasSpoilers: text !== null && isMarked };
}

const isSame = (one: Opinion, other: Opinion): boolean =>
  one.rating === other.rating && one.text === other.text && one.hasSpoilers === other.hasSpoilers;
