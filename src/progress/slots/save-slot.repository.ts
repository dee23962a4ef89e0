import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { SaveSlotEntity } from './save-slot.entity.js';

export type NewSlot = Pick<
  SaveSlotEntity,
  'userId' | 'storyId' | 'progressId' | 'name' | 'step' | 'nodeId'
>;

const LIVE = `JOIN user_progress USING (progress_id)`;

const COLUMNS = `slot_id AS "slotId", save_slots.user_id AS "userId", save_slots.story_id AS "storyId",
  progress_id AS "progressId", name, save_slots.step, node_id AS "nodeId", saved_at AS "savedAt"`;

@Injectable()
export class SaveSlotRepository {
  constructor(private readonly database: Database) {}

  /** A reader's slots of a story, the latest first; not those of deleted playthroughs. */
  findAll(userId: number, storyId: number): Promise<SaveSlotEntity[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM save_slots ${LIVE}
       WHERE save_slots.user_id = $1 AND save_slots.story_id = $2 AND deleted_at IS NULL
       ORDER BY saved_at DESC, slot_id DESC`,
      [userId, storyId],
    );
  }

  async find(slotId: number, userId: number): Promise<SaveSlotEntity | undefined> {
    const [slot] = await this.database.query<SaveSlotEntity>(
      `SELECT ${COLUMNS} FROM save_slots ${LIVE}
       WHERE slot_id = $1 AND save_slots.user_id = $2 AND deleted_at IS NULL`,
      [slotId, userId],
    );
    return slot;
  }

  /** Writes a slot; one of the same name becomes this one. */
  async put(slot: NewSlot): Promise<SaveSlotEntity> {
    const [row] = await this.database.query<SaveSlotEntity>(
      `INSERT INTO save_slots (user_id, story_id, progress_id, name, step, node_id)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (user_id, story_id, name) DO UPDATE
         SET progress_id = excluded.progress_id, step = excluded.step, node_id = excluded.node_id,
             saved_at = now()
       RETURNING ${COLUMNS}`,
      [slot.userId, slot.storyId, slot.progressId, slot.name, slot.step, slot.nodeId],
    );
    return row!;
  }

  async delete(slotId: number, userId: number): Promise<boolean> {
    const rows = await this.database.query(
      'DELETE FROM save_slots WHERE slot_id = $1 AND user_id = $2 RETURNING slot_id',
      [slotId, userId],
    );
    return rows.length > 0;
  }
}
