import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { holdingsOf, type Holdings } from '../../engine/core/holdings.js';
import { deadlineOf } from '../../engine/core/play.js';
import type { CompiledStory } from '../../engine/core/story.js';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer, RequestLoaders } from '../../graphql/request.decorators.js';
import type { Loaders } from '../../graphql/loaders.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Collectible } from '../../nodes/declarations/declaration.type.js';
import { PublishedStories } from '../../publishing/reader/published-stories.js';
import { noSuchStory } from '../../stories/story.errors.js';
import type { ProgressEntity } from '../playthroughs/progress.entity.js';
import { ProgressService } from '../playthroughs/progress.service.js';
import { Progress } from '../playthroughs/progress.type.js';
import {
  InventoryItem,
  ShownVariable,
  StatValue,
  toInventory,
  toStats,
  toVariables,
} from './holding.type.js';

/** What a reader has gathered in a playthrough. */
@Resolver(() => Progress)
export class HoldingResolver {
  constructor(
    private readonly published: PublishedStories,
    private readonly progress: ProgressService,
  ) {}

  @Query(() => [InventoryItem], { description: 'What you carry in one of your playthroughs.' })
  @AccessFor(Access.SignedIn)
  async inventory(
    @CurrentViewer() viewer: Viewer,
    @RequestLoaders() loaders: Loaders,
    @IdArg('progressId', 'progress', { description: 'The playthrough.' }) progressId: number,
  ): Promise<InventoryItem[]> {
    const row = await this.progress.get(viewer, progressId);
    return toInventory(await this.#holdings(row, loaders));
  }

  @ResolveField(() => [InventoryItem], {
    name: 'inventory',
    description: 'The items that the reader carries.',
  })
  async items(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    return toInventory(await this.#holdings(row, loaders));
  }

  @ResolveField(() => [ShownVariable], {
    description: 'The variables that the author shows to readers.',
  })
  async variables(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    return toVariables(await this.#holdings(row, loaders));
  }

  @ResolveField(() => [StatValue], { description: 'The traits of the character that is played.' })
  async stats(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    return toStats(await this.#holdings(row, loaders));
  }

  @ResolveField(() => [Collectible], { description: 'The artifacts collected.' })
  async artifacts(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    return (await this.#holdings(row, loaders)).artifacts;
  }

  @ResolveField(() => [Collectible], { description: 'The declared endings collected.' })
  async endings(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    return (await this.#holdings(row, loaders)).endings;
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the story lets you take back your last choice: undo.',
  })
  async canUndo(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    return row.state.turn > 0 && (await this.#story(row, loaders)).schema.undo === true;
  }

  @ResolveField(() => Date, {
    nullable: true,
    description:
      'When the time at this node is out, and a choice makes itself; null without limit.',
  })
  async deadline(@Parent() { row }: Progress, @RequestLoaders() loaders: Loaders) {
    const due = deadlineOf(await this.#story(row, loaders), row.state);
    return due === undefined ? null : new Date(due);
  }

  async #holdings(row: ProgressEntity, loaders: Loaders): Promise<Holdings> {
    return holdingsOf(await this.#story(row, loaders), row.state);
  }

  async #story(row: ProgressEntity, loaders: Loaders): Promise<CompiledStory> {
    const story = await loaders.over(this.published).load(row.versionId);
    if (story === undefined) throw noSuchStory();
    return story.graph;
  }
}
