import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { ProgressEntity } from '../../progress/playthroughs/progress.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** An achievement that somebody has earned: once, and for good, whatever is counted anew. */
@Entity('user_achievements')
@Index('user_achievements_key', { synchronize: false })
@Index(['userId', 'day'])
@Index(['userId', 'earnedAt', 'awardId'])
@Index(['storyId'])
@Index(['progressId', 'seq'])
export class UserAchievementEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  awardId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('text')
  achievementKey: string;

  /** The story whose author gives it; null where the platform does. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => StoryEntity)
  storyId: number | null;

  /** The experience that it brought. */
  @Column('integer')
  points: number;

  /** The day that it was earned by, as in `2026-11-25`: the reader's; of authorship, that of universal time. */
  @Column('date')
  day: string;

  @Column({ type: 'timestamptz', precision: 3 })
  earnedAt: Date;

  /** The playthrough whose step it was told for; null where none caused it. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => ProgressEntity)
  progressId: number | null;

  @Column('integer', { nullable: true })
  seq: number | null;
}
