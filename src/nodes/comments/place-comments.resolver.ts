import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { DraftChoice } from '../choices/choice.type.js';
import { DraftNode } from '../nodes/node.type.js';
import { CommentsOfPlaceArgs } from './comment.inputs.js';
import { CommentLists } from './comment.lists.js';
import { CommentConnection, type Comment } from './comment.type.js';

@Resolver(() => DraftNode)
export class NodeCommentsResolver {
  constructor(private readonly lists: CommentLists) {}

  @ResolveField(() => CommentConnection, {
    description: 'What is said about the node itself: a thread each, newest first.',
  })
  comments(
    @Parent() { row }: DraftNode,
    @RequestLoaders() loaders: Loaders,
    @Args() args: CommentsOfPlaceArgs,
  ): Promise<Connection<Comment>> {
    return this.lists.ofPlace(loaders, 'node', row.nodeId, args);
  }
}

@Resolver(() => DraftChoice)
export class ChoiceCommentsResolver {
  constructor(private readonly lists: CommentLists) {}

  @ResolveField(() => CommentConnection, {
    description: 'What is said about the choice: a thread each, newest first.',
  })
  comments(
    @Parent() { row }: DraftChoice,
    @RequestLoaders() loaders: Loaders,
    @Args() args: CommentsOfPlaceArgs,
  ): Promise<Connection<Comment>> {
    return this.lists.ofPlace(loaders, 'choice', row.choiceId, args);
  }
}
