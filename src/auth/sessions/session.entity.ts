import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../users/user.entity.js';

/** A signed-in device: the family of refresh tokens that one log-in began. */
@Entity('sessions')
@Index(['userId', 'sessionId'])
export class SessionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  sessionId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  userId: number;

  @Column('text')
  userAgent: string;

  @Column('text')
  address: string;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  lastUsed: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;
}

/** One refresh token of a session, by its hash; the token itself is known to its client alone. */
@Entity('refresh_tokens')
@Index(['sessionId'])
export class RefreshTokenEntity {
  @Column('text', { primary: true })
  tokenHash: string;

  @Column('bigint')
  @ForeignKey(() => SessionEntity, { onDelete: 'CASCADE' })
  sessionId: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  /** When it was exchanged for the next one; presented again after that, it betrays a theft. */
  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;
}
