import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';
import { ProgressEntity } from '../playthroughs/progress.entity.js';

/** A place in a playthrough that its reader has named. What the reader held there follows from the steps before it. */
@Entity('save_slots')
@Index('save_slots_name_key', ['userId', 'storyId', 'name'], { unique: true })
@Index(['storyId'])
@Index(['progressId'])
export class SaveSlotEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  slotId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint')
  @ForeignKey(() => ProgressEntity)
  progressId: number;

  @Column('text')
  name: string;

  /** The number of the step that came next. */
  @Column('integer')
  step: number;

  /** The node of the playthrough's version that the reader stood at. */
  @Column('bigint')
  nodeId: number;

  @Column('timestamptz', { default: () => 'now()' })
  savedAt: Date;
}
