import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** Who played a story on one day. */
@Entity('story_readers')
@Index(['userId'])
export class StoryReaderEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;
}
