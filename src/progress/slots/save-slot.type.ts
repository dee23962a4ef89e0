import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { encodeId } from '../../graphql/ids.js';
import type { SaveSlotEntity } from './save-slot.entity.js';

@ObjectType({ description: 'A named place in a playthrough, to come back to.' })
export class SaveSlot {
  @Field(() => ID, { description: 'The id of the save.' })
  id: string;

  @Field({ description: 'What the reader calls it.' })
  name: string;

  @Field(() => ID, { description: 'The playthrough it was made in.' })
  progressId: string;

  @Field(() => ID, { description: 'The node that the reader stood at.' })
  nodeId: string;

  @Field(() => Int, { description: 'The step that the playthrough stood at.' })
  step: number;

  @Field({ description: 'When it was made.' })
  savedAt: Date;
}

export const toSaveSlot = (row: SaveSlotEntity): SaveSlot => ({
  id: encodeId('slot', row.slotId),
  name: row.name,
  progressId: encodeId('progress', row.progressId),
  nodeId: encodeId('node', row.nodeId),
  step: row.step,
  savedAt: row.savedAt,
});
