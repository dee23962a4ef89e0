import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserById } from '../../auth/users/user.loaders.js';
import { toUser, User } from '../../auth/users/user.type.js';
import { PageArgs, paginateInOrder, type Connection } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { RequestLoaders } from '../../graphql/request.decorators.js';
import { StoryComparison, toComparison } from '../comparison/comparison.type.js';
import { ImportChangesOf } from './import-changes.loaders.js';
import {
  ImportOverwrite,
  ImportOverwriteConnection,
  toImportOverwrite,
} from './import-changes.type.js';
import { ImportedStory } from './import.type.js';

/** What an import does to a draft that is there. */
@Resolver(() => ImportedStory)
export class ImportChangesResolver {
  constructor(private readonly changesOf: ImportChangesOf) {}

  @ResolveField(() => StoryComparison, {
    nullable: true,
    description:
      'For UPDATED: what differs between the draft before the import and after it; null for others. Details of the story, and tags, chapters and places on the map of its nodes, are not compared. Differences beyond 1 MB are counted, and not listed. In a dry run, the ids of what would be new lead nowhere.',
  })
  async changes(
    @Parent() { row }: ImportedStory,
    @RequestLoaders() loaders: Loaders,
  ): Promise<StoryComparison | null> {
    const changes = await loaders.over(this.changesOf).load(row);
    return changes && toComparison(changes.differences, changes);
  }

  @ResolveField(() => ImportOverwriteConnection, {
    description:
      'For UPDATED: what was edited in Talegraph since the story was last imported, or ever where it was not, and is overwritten or lost; undoDraft brings it back. The story first, then node by node.',
  })
  async overwrites(
    @Parent() { row }: ImportedStory,
    @Args() page: PageArgs,
    @RequestLoaders() loaders: Loaders,
  ): Promise<Connection<ImportOverwrite>> {
    const changes = await loaders.over(this.changesOf).load(row);
    const list = `import ${row.importId} ${row.place} overwrites`;
    return paginateInOrder(changes?.overwrites ?? [], { page, list }, toImportOverwrite);
  }
}

@Resolver(() => ImportOverwrite)
export class ImportOverwriteResolver {
  constructor(private readonly users: UserById) {}

  @ResolveField(() => User, {
    nullable: true,
    description:
      'Who made the last of these edits; null for what came by another way than the application.',
  })
  async editedBy(
    @Parent() { userId }: ImportOverwrite,
    @RequestLoaders() loaders: Loaders,
  ): Promise<User | null> {
    if (userId === null) return null;
    const user = await loaders.over(this.users).load(userId);
    return user === undefined ? null : toUser(user);
  }
}
