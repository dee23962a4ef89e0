import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { mayManage, mayWrite, type StoryRole } from '../../stories/story.policy.js';
import { StoryService } from '../../stories/story.service.js';
import { ChoiceRepository } from '../choices/choice.repository.js';
import { noSuchChoice, noSuchNode } from '../node.errors.js';
import { NodeRepository } from '../nodes/node.repository.js';
import type { CommentEntity } from './comment.entity.js';
import {
  noSuchComment,
  notYourComment,
  notYourThread,
  onePlaceNeeded,
  tooManyComments,
} from './comment.errors.js';
import type { AddCommentInput } from './comment.inputs.js';
import { CommentRepository, type NewComment } from './comment.repository.js';
import { CommentsMade } from './comments-made.js';

/** The most comments that a story may have, replies among them. */
const MOST_COMMENTS = 10_000;

type Place = Pick<NewComment, 'storyId' | 'nodeId' | 'choiceId'>;

/** What those who work on a story say about it. */
@Injectable()
export class CommentService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryService,
    private readonly nodes: NodeRepository,
    private readonly choices: ChoiceRepository,
    private readonly comments: CommentRepository,
    private readonly made: CommentsMade,
  ) {}

  /** @throws {ApiError} `BAD_USER_INPUT` unless the input names one place, or when the story has too many comments */
  async add(viewer: Viewer, input: AddCommentInput): Promise<CommentEntity> {
    const place = await this.#place(input);
    await this.stories.getInspectable(viewer, place.storyId);
    return this.#insert(
      { ...place, parentId: null, userId: viewer.userId, text: input.text },
      'input',
    );
  }

  /** Goes on with the thread of a comment. */
  async reply(viewer: Viewer, commentId: number, text: string): Promise<CommentEntity> {
    const { comment } = await this.#get(viewer, commentId);
    const { storyId, nodeId, choiceId } = comment;
    const parentId = threadOf(comment);
    return this.database.transaction(async () => {
      if (!(await this.comments.lockThread(parentId))) throw noSuchComment();
      return this.#insert(
        { storyId, nodeId, choiceId, parentId, userId: viewer.userId, text },
        'id',
      );
    });
  }

  /** @throws {ApiError} `FORBIDDEN` unless it is the viewer's own */
  async update(viewer: Viewer, commentId: number, text: string): Promise<CommentEntity> {
    const { comment } = await this.#get(viewer, commentId);
    if (comment.deletedAt !== null) throw noSuchComment();
    if (comment.userId !== viewer.userId) throw notYourComment();
    await this.comments.setText(commentId, text);
    return this.#find(commentId);
  }

  /**
   * Removes a comment: one's own, or as the owner of the story any. The first comment of a thread loses its text, and
   * stays as long as there are replies to it.
   */
  async delete(viewer: Viewer, commentId: number): Promise<void> {
    const { comment, role } = await this.#get(viewer, commentId);
    if (comment.deletedAt !== null) throw noSuchComment();
    if (comment.userId !== viewer.userId && !mayManage(role)) throw notYourComment();
    const threadId = threadOf(comment);
    await this.database.transaction(async () => {
      await this.comments.lockThread(threadId);
      const replies = (await this.comments.counts('thread', [threadId])).get(threadId) ?? 0;
      if (comment.parentId === null && replies > 0) await this.comments.blank(commentId);
      else if (!(await this.comments.delete(commentId))) throw noSuchComment();
      if (comment.parentId !== null && replies === 1) await this.comments.deleteBlank(threadId);
    });
  }

  /** Settles the thread of a comment, or opens it again: who began it may, and who may change the draft. */
  async setResolved(
    viewer: Viewer,
    commentId: number,
    isResolved: boolean,
  ): Promise<CommentEntity> {
    const { comment, role } = await this.#get(viewer, commentId);
    const threadId = threadOf(comment);
    const first = await this.comments.findById(threadId);
    if (first?.userId !== viewer.userId && !mayWrite(role)) throw notYourThread();
    if (isResolved) await this.comments.resolve(threadId, viewer.userId);
    else await this.comments.reopen(threadId);
    return this.#find(threadId);
  }

  /** A comment, and what the viewer is to its story. @throws {ApiError} unless the viewer works on that */
  async #get(
    viewer: Viewer,
    commentId: number,
  ): Promise<{ comment: CommentEntity; role: StoryRole | undefined }> {
    const comment = await this.#find(commentId);
    return { comment, role: await this.stories.getRole(viewer, comment.storyId) };
  }

  async #find(commentId: number): Promise<CommentEntity> {
    const comment = await this.comments.findById(commentId);
    if (comment === null) throw noSuchComment();
    return comment;
  }

  async #insert(comment: NewComment, path: string): Promise<CommentEntity> {
    const count = await this.comments.countOfStory(comment.storyId);
    if (count >= MOST_COMMENTS) throw tooManyComments(path, MOST_COMMENTS);
    return this.database.transaction(async () => {
      const made = await this.comments.insert(comment);
      await this.made.tell(made);
      return made;
    });
  }

  async #place({ storyId, nodeId, choiceId }: AddCommentInput): Promise<Place> {
    const given = [storyId, nodeId, choiceId].filter((id) => id !== null && id !== undefined);
    if (given.length !== 1) throw onePlaceNeeded();
    if (storyId) {
      const id = decodeId('story', storyId, 'input.storyId');
      return { storyId: id, nodeId: null, choiceId: null };
    }
    return nodeId
      ? this.#nodePlace(decodeId('node', nodeId, 'input.nodeId'))
      : this.#choicePlace(decodeId('choice', choiceId ?? '', 'input.choiceId'));
  }

  async #nodePlace(nodeId: number): Promise<Place> {
    const node = await this.nodes.findById(nodeId);
    if (node === null) throw noSuchNode();
    return { storyId: node.storyId, nodeId, choiceId: null };
  }

  async #choicePlace(choiceId: number): Promise<Place> {
    const choice = await this.choices.findById(choiceId);
    if (choice === null) throw noSuchChoice();
    const { storyId } = await this.#nodePlace(choice.fromNodeId);
    return { storyId, nodeId: null, choiceId };
  }
}

const threadOf = ({ parentId, commentId }: CommentEntity): number => parentId ?? commentId;
