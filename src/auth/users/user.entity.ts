import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from '../../graphql/viewer.js';

/** A reader, an author, or both. A guest has neither e-mail nor password until it registers. */
@Entity('users')
@Index('users_username_key', { synchronize: false })
@Index('users_email_key', { synchronize: false })
@Index(['createdAt'])
@Check('users_role_check', `role IN ('guest', 'user', 'admin')`)
export class UserEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  userId: number;

  @Column('text')
  username: string;

  @Column('text', { nullable: true })
  email: string | null;

  /** Null until somebody has followed a link in a mail to it. */
  @Column('timestamptz', { nullable: true })
  emailConfirmedAt: Date | null;

  @Column('text', { nullable: true })
  passwordHash: string | null;

  @Column('text')
  role: Role;

  @Column('text', { default: 'UTC' })
  timezone: string;

  /** Whether others find them on no leaderboard. */
  @Column('boolean', { default: false })
  hideFromLeaderboards: boolean;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  lastActive: Date;
}
