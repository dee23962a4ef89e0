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

export type MediaKindValue = 'image' | 'audio';
export type MediaStatusValue = 'processing' | 'ready' | 'failed';

/** An image or a recording that stories can show and play. */
@Entity('media')
@Check('media_kind_check', `kind IN ('image', 'audio')`)
@Check('media_status_check', `status IN ('processing', 'ready', 'failed')`)
@Index('media_key_key', ['key'], { unique: true })
@Index(['userId', 'mediaId'])
@Index(['storyId', 'mediaId'])
@Index(['sourceHash'])
@Index(['fileHash'])
@Index('media_unused_idx', { synchronize: false })
export class MediaEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  mediaId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  /** Whose library it is in, beside its user's. */
  @Column('bigint', { nullable: true })
  @ForeignKey('stories')
  storyId: number | null;

  @Column('text')
  kind: MediaKindValue;

  @Column('text')
  status: MediaStatusValue;

  /** Part of its address, and known to those alone who were given that. */
  @Column('text')
  key: string;

  /** Told to its user, and used for nothing else. */
  @Column('text')
  filename: string;

  /** What the file was by its content. */
  @Column('text')
  contentType: string;

  @Column('integer')
  size: number;

  /** Of images, once upright. */
  @Column('integer', { nullable: true })
  width: number | null;

  @Column('integer', { nullable: true })
  height: number | null;

  /** The commonest colour of an image, as #rrggbb. */
  @Column('text', { nullable: true })
  color: string | null;

  /** Of recordings. */
  @Column('double precision', { nullable: true })
  durationSeconds: number | null;

  @Column('text', { default: '' })
  altText: string;

  /** The SHA-256 of the bytes that it was made of, in hexadecimal; null for what was made before these were noted. */
  @Column('text', { nullable: true })
  sourceHash: string | null;

  /** That of its largest file, once it is made. */
  @Column('text', { nullable: true })
  fileHash: string | null;

  /** When a draft first referred to it: since then some draft, version or history does, so it is never swept. */
  @Column('timestamptz', { nullable: true })
  attachedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
