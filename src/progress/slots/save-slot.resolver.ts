import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, AccessFor } from '../../graphql/access.js';
import { IdArg } from '../../graphql/ids.js';
import { CurrentViewer } from '../../graphql/request.decorators.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Progress, toProgress } from '../playthroughs/progress.type.js';
import { SaveGameInput } from './save-slot.inputs.js';
import { SaveSlotService } from './save-slot.service.js';
import { SaveSlot, toSaveSlot } from './save-slot.type.js';

@Resolver(() => SaveSlot)
export class SaveSlotResolver {
  constructor(private readonly service: SaveSlotService) {}

  @Query(() => [SaveSlot], {
    description: 'The places that you have saved in a story, the latest first.',
  })
  @AccessFor(Access.SignedIn)
  async saveSlots(
    @CurrentViewer() viewer: Viewer,
    @IdArg('storyId', 'story', { description: 'The story.' }) storyId: number,
  ): Promise<SaveSlot[]> {
    return (await this.service.list(viewer, storyId)).map(toSaveSlot);
  }

  @Mutation(() => SaveSlot, {
    description: 'Saves the place where a playthrough stands, to come back to it with loadGame.',
  })
  @AccessFor(Access.SignedIn)
  async saveGame(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The place and its name.' }) input: SaveGameInput,
  ): Promise<SaveSlot> {
    return toSaveSlot(await this.service.save(viewer, input));
  }

  @Mutation(() => Progress, {
    description:
      'Puts a playthrough back to a place that you saved in it. Nothing is lost: other saves stay, also later ones.',
  })
  @AccessFor(Access.SignedIn)
  async loadGame(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'slot', { description: 'The save.' }) slotId: number,
  ): Promise<Progress> {
    return toProgress(await this.service.load(viewer, slotId));
  }

  @Mutation(() => Boolean, { description: 'Deletes a save; the playthrough stays.' })
  @AccessFor(Access.SignedIn)
  async deleteSave(
    @CurrentViewer() viewer: Viewer,
    @IdArg('id', 'slot', { description: 'The save to delete.' }) slotId: number,
  ): Promise<boolean> {
    await this.service.delete(viewer, slotId);
    return true;
  }
}
