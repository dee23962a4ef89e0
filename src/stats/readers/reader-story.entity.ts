import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** What a reader did in one story. */
@Entity('reader_stories')
@Index(['storyId'])
@Index(['userId', 'lastAt', 'storyId'])
export class ReaderStoryEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** How many playthroughs were begun. */
  @Column('integer', { default: 0 })
  plays: number;

  /** How many choices were made, with those that were gone back on. */
  @Column('integer', { default: 0 })
  choices: number;

  /** How often an ending was reached. */
  @Column('integer', { default: 0 })
  finishes: number;

  /** How often somebody sat down to a playthrough: after its beginning, after half an hour of nothing. */
  @Column('integer', { default: 0 })
  sessions: number;

  /** Time spent playing, in milliseconds; a pause counts for ten minutes at most. */
  @Column('bigint', { default: 0 })
  playMs: number;

  /** When they last did anything in it. */
  @Column({ type: 'timestamptz', precision: 3 })
  lastAt: Date;
}
