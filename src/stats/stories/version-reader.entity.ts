import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** Who played a version on one day. */
@Entity('version_readers')
@Index(['userId'])
@Index(['day', 'userId'])
export class VersionReaderEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity)
  userId: number;

  /** Whether they began a playthrough. */
  @Column('boolean', { default: false })
  hasBegun: boolean;

  /** Whether they made a choice. */
  @Column('boolean', { default: false })
  hasChosen: boolean;

  /** Whether they made a choice that led to no ending. */
  @Column('boolean', { default: false })
  hasGoneOn: boolean;
}
