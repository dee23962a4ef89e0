import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** The best that a reader has done in a story, unaided. */
@Entity('story_bests')
@Index(['userId'])
@Index(['storyId', 'choices', 'userId'])
@Index(['storyId', 'playMs', 'userId'])
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
}
