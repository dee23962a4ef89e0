import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../auth/users/user.repository.js';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { deletedBefore } from '../node.errors.js';
import { HistoryRepository } from './history.repository.js';

/** Tells those who write together who deleted what they were about to change. */
@Injectable()
export class Deletions {
  constructor(
    private readonly history: HistoryRepository,
    private readonly stories: StoryService,
    private readonly users: UserRepository,
  ) {}

  /**
   * Refuses a change of what is deleted. It does nothing for those who may not edit the story: they need not know that
   * it was ever there.
   * @throws {ApiError} `CONFLICT` with who deleted it, when, and the change to undo
   */
  async refuse(viewer: Viewer, kind: 'node' | 'choice', rowId: number): Promise<void> {
    const change = await this.history.deletionOf(kind, rowId);
    if (change === null || !(await this.stories.mayEdit(viewer, change.storyId))) return;
    const user = change.userId === null ? null : await this.users.findById(change.userId);
    throw deletedBefore(kind, {
      changeId: encodeId('change', change.changeId),
      deletedAt: change.createdAt,
      deletedBy: user && { id: encodeId('user', user.userId), username: user.username },
    });
  }
}
