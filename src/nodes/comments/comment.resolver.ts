import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import type { Loaders } from '../../graphql/loaders.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { renderMarkdown } from '../../stories/markdown.js';
import { noSuchComment } from './comment.errors.js';
import { AddCommentInput, CommentsArgs, CommentTextArgs } from './comment.inputs.js';
import { CommentLists } from './comment.lists.js';
import { CommentRepository } from './comment.repository.js';
import { CommentService } from './comment.service.js';
import { Comment, CommentConnection, CommentPlace, toComment, toPlace } from './comment.type.js';

const COMMENT = { description: 'The comment.' };
const ANY_OF_THREAD = { description: 'A comment of the thread.' };

@Resolver(() => Comment)
export class CommentResolver {
  constructor(
    private readonly service: CommentService,
    private readonly lists: CommentLists,
  ) {}

  @Query(() => CommentConnection, {
    description:
      'What those who work on a story say about it, its nodes and its choices: a thread each, newest first.',
  })
  @AccessFor(Access.Registered)
  comments(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args() args: CommentsArgs,
  ): Promise<Connection<Comment>> {
    return this.lists.threads(viewer, storyId, args);
  }

  @Mutation(() => Comment, {
    description: 'Begins a thread about a story that you work on, or a node or a choice of it.',
  })
  @AccessFor(Access.Registered)
  async addComment(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The comment.' }) input: AddCommentInput,
  ): Promise<Comment> {
    return toComment(await this.service.add(viewer, input));
  }

  @Mutation(() => Comment, { description: 'Replies in the thread of a comment.' })
  @AccessFor(Access.Registered)
  async replyToComment(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'comment', ANY_OF_THREAD) commentId: number,
    @Args() { text }: CommentTextArgs,
  ): Promise<Comment> {
    return toComment(await this.service.reply(viewer, commentId, text));
  }

  @Mutation(() => Comment, { description: 'Changes the text of a comment of yours.' })
  @AccessFor(Access.Registered)
  async updateComment(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'comment', COMMENT) commentId: number,
    @Args() { text }: CommentTextArgs,
  ): Promise<Comment> {
    return toComment(await this.service.update(viewer, commentId, text));
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes a comment of yours, or as the owner of the story any. Replies to it stay.',
  })
  @AccessFor(Access.Registered)
  async deleteComment(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'comment', COMMENT) commentId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, commentId);
    return true;
  }

  @Mutation(() => Comment, {
    description:
      'Resolves a thread that you began, or as an editor any. It stays, and so says who.',
  })
  @AccessFor(Access.Registered)
  async resolveComment(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'comment', ANY_OF_THREAD) commentId: number,
  ): Promise<Comment> {
    return toComment(await this.service.setResolved(viewer, commentId, true));
  }

  @Mutation(() => Comment, {
    description: 'Opens a resolved thread again that you began, or as an editor any.',
  })
  @AccessFor(Access.Registered)
  async reopenComment(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'comment', ANY_OF_THREAD) commentId: number,
  ): Promise<Comment> {
    return toComment(await this.service.setResolved(viewer, commentId, false));
  }
}

@Resolver(() => Comment)
export class CommentFieldResolver {
  constructor(
    private readonly lists: CommentLists,
    private readonly repository: CommentRepository,
    private readonly users: UserById,
  ) {}

  /** Rendering takes milliseconds for a long text: only who asks for it waits. */
  @ResolveField({ description: 'The text as HTML that is safe to show.' })
  textHtml(@Parent() { row }: Comment): string {
    return renderMarkdown(row.text);
  }

  @ResolveField(() => CommentPlace, { description: 'What it is about.' })
  async place(
    @Parent() { row }: Comment,
    @RequestLoaders() loaders: Loaders,
  ): Promise<CommentPlace> {
    const place = await loaders
      .about(this, 'places', (ids) => this.repository.findPlaces(ids), undefined)
      .load(row.commentId);
    if (place === undefined) throw noSuchComment();
    return toPlace(place);
  }

  @ResolveField(() => User, { nullable: true, description: 'Who wrote it; null once deleted.' })
  author(@Parent() { row }: Comment, @RequestLoaders() loaders: Loaders): Promise<User | null> {
    return this.#user(loaders, row.deletedAt === null ? row.userId : null);
  }

  @ResolveField(() => User, {
    nullable: true,
    description: 'Who resolved the thread; null while it is open.',
  })
  resolvedBy(@Parent() { row }: Comment, @RequestLoaders() loaders: Loaders): Promise<User | null> {
    return this.#user(loaders, row.resolvedBy);
  }

  @ResolveField(() => CommentConnection, {
    description: 'The replies in the thread that it began, oldest first.',
  })
  replies(
    @Parent() { row }: Comment,
    @RequestLoaders() loaders: Loaders,
    @Args() page: PageArgs,
  ): Promise<Connection<Comment>> {
    return this.lists.replies(loaders, row.commentId, page);
  }

  async #user(loaders: Loaders, userId: number | null): Promise<User | null> {
    if (userId === null) return null;
    const user = await loaders.over(this.users).load(userId);
    return user === undefined ? null : toUser(user);
  }
}
