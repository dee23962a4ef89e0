import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { ChangeService } from '../changes/change.service.js';
import { noSuchSlot, savedWayIsWrong, slotsFull } from '../progress.errors.js';
import type { ProgressEntity } from '../playthroughs/progress.entity.js';
import { ProgressRepository } from '../playthroughs/progress.repository.js';
import { ProgressService } from '../playthroughs/progress.service.js';
import { ReplayError } from '../playthroughs/replay.js';
import type { SaveSlotEntity } from './save-slot.entity.js';
import type { SaveGameInput } from './save-slot.inputs.js';
import { SaveSlotRepository } from './save-slot.repository.js';

@Injectable()
export class SaveSlotService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly slots: SaveSlotRepository,
    private readonly progress: ProgressRepository,
    private readonly playthroughs: ProgressService,
    private readonly changes: ChangeService,
  ) {}

  list(viewer: Viewer, storyId: number): Promise<SaveSlotEntity[]> {
    return this.slots.findAll(viewer.userId, storyId);
  }

  /** Names the place where a playthrough stands; a slot of that name becomes this one. */
  async save(viewer: Viewer, input: SaveGameInput): Promise<SaveSlotEntity> {
    const progressId = decodeId('progress', input.progressId, 'input.progressId');
    return this.database.transaction(async () => {
      const { storyId, step, currentNodeId } = await this.playthroughs.get(viewer, progressId);
      const { userId } = viewer;
      await this.progress.lockStart(userId, storyId);
      const others = (await this.slots.findAll(userId, storyId)).filter(
        ({ name }) => name !== input.name,
      );
      if (others.length >= this.config.saveSlots) throw slotsFull(this.config.saveSlots);
      const { name } = input;
      return this.slots.put({ userId, storyId, progressId, name, step, nodeId: currentNodeId });
    });
  }

  /**
   * Puts a playthrough back to a place that was saved in it.
   * @throws {ApiError} `CONFLICT` when the steps on record do not lead there
   */
  async load(viewer: Viewer, slotId: number): Promise<ProgressEntity> {
    const slot = await this.slots.find(slotId, viewer.userId);
    if (slot === undefined) throw noSuchSlot();
    const progress = await this.playthroughs.get(viewer, slot.progressId);
    if (progress.step === slot.step) return progress;
    try {
      return await this.changes.goBack(progress, progress.step, slot.step);
    } catch (error) {
      throw error instanceof ReplayError ? savedWayIsWrong() : error;
    }
  }

  async delete(viewer: Viewer, slotId: number): Promise<void> {
    if (!(await this.slots.delete(slotId, viewer.userId))) throw noSuchSlot();
  }
}
