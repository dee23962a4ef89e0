import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

/** Somebody keeps somebody else away: while it stands, neither follows the other. */
@Entity('blocks')
@Check('blocks_others_check', 'blocker_id <> blocked_id')
@Index('blocks_pair_key', ['blockerId', 'blockedId'], { unique: true })
@Index(['blockerId', 'blockId'])
@Index(['blockedId'])
export class BlockEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  blockId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  blockerId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  blockedId: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  blockedAt: Date;
}
