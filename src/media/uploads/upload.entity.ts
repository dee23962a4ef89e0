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

export type UploadKindValue = 'image' | 'audio' | 'import';

/** A file that a user may put, has put, or has handed on: kept until it is swept, so that its address works once. */
@Entity('uploads')
@Check('uploads_kind_check', `kind IN ('image', 'audio', 'import')`)
@Index('uploads_key_key', ['key'], { unique: true })
@Index(['userId'])
@Index(['storyId'])
@Index(['mediaId'])
@Index(['createdAt'])
export class UploadEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  uploadId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  /** Whose library it is for; the user's own where null. */
  @Column('bigint', { nullable: true })
  @ForeignKey('stories')
  storyId: number | null;

  @Column('text')
  kind: UploadKindValue;

  /** Where its bytes lie in the storage. */
  @Column('text')
  key: string;

  /** Told to its user, and used for nothing else. */
  @Column('text')
  filename: string;

  /** How many bytes it has, as its user said: no other number is taken. */
  @Column('integer')
  size: number;

  /** What became of it. */
  @Column('bigint', { nullable: true })
  @ForeignKey('media', { onDelete: 'SET NULL' })
  mediaId: number | null;

  /** When its bytes were taken by this server, or, from a bucket, were found whole. */
  @Column('timestamptz', { nullable: true })
  receivedAt: Date | null;

  @Column('timestamptz')
  expiresAt: Date;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
