import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** The best that a reader has done in a story, unaided. */
@Entity('story_bests')
@Index(['userId'])
@Index('story_bests_fewest_steps_idx', { synchronize: false })
@Index('story_bests_fastest_idx', { synchronize: false })
export class StoryBestEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  /** The fewest choices to an ending. */
  @Column('integer')
  choices: number;

  /** The shortest time to an ending, in milliseconds. */
  @Column('bigint')
  playMs: number;

  /** Whether leaderboards have them: an account that does not hide. */
  @Column('boolean', { default: false })
  isRanked: boolean;
}
