import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { encodeId, IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { TextService } from './text.service.js';
import {
  DraftHitConnection,
  DraftReplacement,
  FindInDraftInput,
  ReplaceInDraftInput,
  toDraftHit,
  toWanted,
  type DraftHit,
} from './text.type.js';

@Resolver()
export class TextResolver {
  constructor(private readonly texts: TextService) {}

  @Query(() => DraftHitConnection, {
    description:
      'Every place where a draft has a text, node by node: also what replaceInDraft would replace.',
  })
  @AccessFor(Access.Registered)
  async findInDraft(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'What to look for.' }) input: FindInDraftInput,
    @Args() page: PageArgs,
  ): Promise<Connection<DraftHit>> {
    const hits = await this.texts.find(viewer, storyId, toWanted(input));
    return paginateInOrder(hits, { page, list: 'findInDraft' }, toDraftHit);
  }

  @Mutation(() => DraftReplacement, {
    description:
      'Replaces a text wherever a draft has it, as one change that undoDraft takes back. Refused as a whole where a text would be too long, or a rule faulty.',
  })
  @AccessFor(Access.Registered)
  async replaceInDraft(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'What to replace, and by what.' }) input: ReplaceInDraftInput,
  ): Promise<DraftReplacement> {
    const { count, changeId } = await this.texts.replace(
      viewer,
      storyId,
      toWanted(input),
      input.replacement,
    );
    return { count, changeId: changeId === undefined ? null : encodeId('change', changeId) };
  }
}
