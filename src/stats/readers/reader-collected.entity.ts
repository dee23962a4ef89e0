import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** When a reader first collected an artifact or a declared ending. */
@Entity('reader_collected')
@Index(['userId', 'kind', 'at', 'storyId', 'key'])
@Index(['storyId'])
@Index(['versionId'])
@Check('reader_collected_kind_check', `kind IN ('artifact', 'ending')`)
export class ReaderCollectedEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('text', { primary: true })
  kind: 'artifact' | 'ending';

  @Column('text', { primary: true })
  key: string;

  /** The version that tells what it is. */
  @Column('bigint')
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  /** The day of it for the reader, as in `2026-11-25`. */
  @Column('date')
  day: string;
}
