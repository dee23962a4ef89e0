import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { DraftChoice } from '../choices/choice.type.js';
import { DraftLists } from '../drafts/draft-lists.js';
import { DraftNode } from '../nodes/node.type.js';
import { DraftEdit, EditedThing } from './history.type.js';

/** What edits are about, as it is now: those who hold older revisions need not ask again. */
@Resolver(() => DraftEdit)
export class DraftEditResolver {
  constructor(private readonly lists: DraftLists) {}

  @ResolveField(() => DraftNode, {
    nullable: true,
    description:
      'The node that was edited, as it is now; null for anything else, or if it is gone.',
  })
  async node(
    @Parent() { of, storyId, rowId }: DraftEdit,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftNode | null> {
    return of === EditedThing.NODE ? this.lists.nodeById(loaders, storyId, rowId) : null;
  }

  @ResolveField(() => DraftChoice, {
    nullable: true,
    description:
      'The choice that was edited, as it is now; null for anything else, or if it is gone.',
  })
  async choice(
    @Parent() { of, storyId, rowId }: DraftEdit,
    @RequestLoaders() loaders: Loaders,
  ): Promise<DraftChoice | null> {
    return of === EditedThing.CHOICE ? this.lists.choiceById(loaders, storyId, rowId) : null;
  }
}
