import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** When a reader did something for the first time. */
@Entity('reader_firsts')
@Index(['userId', 'day'])
@Index(['storyId', 'kind'])
@Check('reader_firsts_kind_check', `kind IN ('started', 'finished', 'ending')`)
export class ReaderFirstEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('text', { primary: true })
  kind: 'started' | 'finished' | 'ending';

  /** The ending; 0 where it is about the story. */
  @Column('bigint', { primary: true })
  nodeId: number;

  @Column('timestamptz')
  at: Date;

  /** The day of it for the reader, as in `2026-11-25`. */
  @Column('date')
  day: string;
}
