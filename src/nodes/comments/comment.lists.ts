import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { decodeId } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import type { CommentsArgs, CommentsOfPlaceArgs } from './comment.inputs.js';
import { CommentRepository, type Holder, type ThreadSelection } from './comment.repository.js';
import { toComment, type Comment } from './comment.type.js';

/** Lists of comments. Asked of many nodes, choices or threads in one request, each question is one statement. */
@Injectable()
export class CommentLists {
  constructor(
    private readonly stories: StoryService,
    private readonly comments: CommentRepository,
  ) {}

  /** The threads about a story and all that it holds, newest first. */
  async threads(
    viewer: Viewer,
    storyId: number,
    { filter, ...page }: CommentsArgs,
  ): Promise<Connection<Comment>> {
    await this.stories.getInspectable(viewer, storyId);
    const selection = selectionOf(storyId, filter ?? {});
    return paginate(
      {
        page,
        list: 'comments',
        keys: ['id'],
        fetch: (limit, [before] = []) =>
          this.comments.findThreads(selection, limit, before as number | undefined),
        keysetOf: ({ commentId }) => [commentId],
        count: () => this.comments.countThreads(selection),
      },
      toComment,
    );
  }

  /** The threads about a node or a choice, newest first. */
  ofPlace(
    loaders: Loaders,
    holder: Exclude<Holder, 'thread'>,
    id: number,
    { resolved, ...page }: CommentsOfPlaceArgs,
  ): Promise<Connection<Comment>> {
    return this.#heldBy(loaders, holder, id, page, resolved ?? undefined);
  }

  /** What was replied in a thread, oldest first. */
  replies(loaders: Loaders, threadId: number, page: PageArgs): Promise<Connection<Comment>> {
    return this.#heldBy(loaders, 'thread', threadId, page);
  }

  #heldBy(
    loaders: Loaders,
    holder: Holder,
    id: number,
    page: PageArgs,
    isResolved?: boolean,
  ): Promise<Connection<Comment>> {
    const name = `${holder} ${isResolved}`;
    return paginate(
      {
        page,
        list: `comments of a ${holder}`,
        keys: ['id'],
        fetch: (limit, [from] = []) =>
          loaders
            .about(
              this,
              `page of ${name} ${limit} ${from}`,
              (ids) =>
                this.comments.findPages(holder, ids, {
                  limit,
                  ...(from !== undefined && { from: Number(from) }),
                  ...(isResolved !== undefined && { isResolved }),
                }),
              [],
            )
            .load(id),
        keysetOf: ({ commentId }) => [commentId],
        count: () =>
          loaders
            .about(
              this,
              `count of ${name}`,
              (ids) => this.comments.counts(holder, ids, isResolved),
              0,
            )
            .load(id),
      },
      toComment,
    );
  }
}

function selectionOf(
  storyId: number,
  { nodeId, choiceId, authorId, resolved }: NonNullable<CommentsArgs['filter']>,
): ThreadSelection {
  return {
    storyId,
    ...(nodeId && { nodeId: decodeId('node', nodeId, 'filter.nodeId') }),
    ...(choiceId && { choiceId: decodeId('choice', choiceId, 'filter.choiceId') }),
    ...(authorId && { userId: decodeId('user', authorId, 'filter.authorId') }),
    ...(typeof resolved === 'boolean' && { isResolved: resolved }),
  };
}
