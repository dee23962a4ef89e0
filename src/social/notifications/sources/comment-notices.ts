import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CommentEntity } from '../../../nodes/comments/comment.entity.js';
import { CommentRepository } from '../../../nodes/comments/comment.repository.js';
import { CommentsMade } from '../../../nodes/comments/comments-made.js';
import { StoryRepository } from '../../../stories/story.repository.js';
import { Notifier } from '../notifier.js';

/** Tells those who talk in a thread of each reply, and the author of the story of all that they take no part in. */
@Injectable()
export class CommentNotices implements OnModuleInit {
  constructor(
    private readonly made: CommentsMade,
    private readonly comments: CommentRepository,
    private readonly stories: StoryRepository,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.made.listen((comment) => this.#tell(comment));
  }

  async #tell({ commentId, parentId, storyId, userId: actorId }: CommentEntity): Promise<void> {
    const subject = { key: String(commentId), actorId, storyId, commentId };
    const talking = parentId === null ? [] : await this.comments.participants(parentId);
    await this.notifier.tell(talking, 'reply', subject);
    const story = await this.stories.findById(storyId);
    if (story === null || talking.includes(story.authorId)) return;
    await this.notifier.tell(story.authorId, 'comment', subject);
  }
}
