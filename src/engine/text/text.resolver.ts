import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { HistoryRepository } from '../../nodes/history/history.repository.js';
import { DraftChange, toDraftChange } from '../../nodes/history/history.type.js';
import { TextService } from './text.service.js';
import {
  DraftHitConnection,
  DraftReplacement,
  FindInDraftInput,
  ReplacedPlaceConnection,
  ReplaceInDraftInput,
  toDraftHit,
  toReplacedPlace,
  toReplacement,
  toSearch,
  type DraftHit,
  type ReplacedPlace,
} from './text.type.js';

@Resolver(() => DraftReplacement)
export class TextResolver {
  constructor(
    private readonly texts: TextService,
    private readonly history: HistoryRepository,
  ) {}

  @Query(() => DraftHitConnection, {
    description: 'Every place where a draft has a text, node by node.',
  })
  @AccessFor(Access.Registered)
  async findInDraft(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'What to look for.' }) input: FindInDraftInput,
    @Args() page: PageArgs,
  ): Promise<Connection<DraftHit>> {
    const hits = await this.texts.find(viewer, storyId, toSearch(input));
    return paginateInOrder(hits, { page, list: 'findInDraft' }, toDraftHit);
  }

  @Mutation(() => DraftReplacement, {
    description:
      'Replaces a text wherever a draft has it, as one change that undoDraft takes back; or tells what that would do. Refused as a whole where a text would be too long, or a rule faulty.',
  })
  @AccessFor(Access.Registered)
  async replaceInDraft(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
    @Args('input', { description: 'What to replace, and by what.' }) input: ReplaceInDraftInput,
  ): Promise<DraftReplacement> {
    const how = input.dryRun === true ? 'preview' : 'replace';
    return toReplacement(
      await this.texts[how](viewer, storyId, toSearch(input), input.replacement),
    );
  }

  @ResolveField(() => DraftChange, {
    nullable: true,
    description:
      'The change itself, whose edits have every changed node and choice with its new revision; null where nothing became different.',
  })
  async change(@Parent() { changeKey }: DraftReplacement): Promise<DraftChange | null> {
    const change = changeKey === undefined ? null : await this.history.findById(changeKey);
    return change && toDraftChange(change);
  }

  @ResolveField(() => ReplacedPlaceConnection, {
    description: 'Every place, node by node, before and after.',
  })
  places(
    @Parent() { replaced }: DraftReplacement,
    @Args() page: PageArgs,
  ): Promise<Connection<ReplacedPlace>> {
    return paginateInOrder(replaced, { page, list: 'DraftReplacement.places' }, toReplacedPlace);
  }
}
