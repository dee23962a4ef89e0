import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { ProgressEntity } from '../../progress/playthroughs/progress.entity.js';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** One arrival at an ending. */
@Entity('story_finishes')
@Index(['storyId', 'at'])
@Index(['versionId'])
@Index(['userId', 'storyId'])
export class StoryFinishEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => ProgressEntity)
  progressId: number;

  /** The step that led there, or `START`. */
  @Column('integer', { primary: true })
  seq: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint')
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  /** The ending. */
  @Column('bigint')
  nodeId: number;

  @Column('timestamptz')
  at: Date;

  /** How many choices led there, with those that were gone back on. */
  @Column('integer')
  choices: number;

  /** How long it took, in milliseconds. */
  @Column('bigint')
  playMs: number;

  /** Whether the server saw every choice, and no variable was set by hand: only then times and steps compare. */
  @Column('boolean')
  isUnaided: boolean;
}
