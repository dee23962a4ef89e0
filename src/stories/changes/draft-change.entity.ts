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
import { StoryEntity } from '../story.entity.js';

/** Why a draft changed: somebody edited it, took a change back, or did something to many places at once. */
export type ChangeKind =
  'edit' | 'undo' | 'redo' | 'restore' | 'replace' | 'rename' | 'import' | 'insert';

/** What one operation did to a draft. Triggers write its edits, so that none can be forgotten. */
@Entity('draft_changes')
@Index(['storyId', 'changeId'])
@Index(['userId', 'storyId'])
@Index(['undoneBy'])
export class DraftChangeEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  changeId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** Null for what came by another way than the application. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => UserEntity)
  userId: number | null;

  @Column('text')
  kind: ChangeKind;

  /** What was done, where the kind does not say it. */
  @Column('text', { nullable: true })
  note: string | null;

  /** The change that took it back; null while it stands. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => DraftChangeEntity)
  undoneBy: number | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}

/** What a change did to one row: the columns that differ, before and after. */
@Entity('draft_edits')
@Check('draft_edits_kind_check', `kind IN ('story', 'node', 'choice')`)
@Index(['changeId', 'editId'])
@Index(['kind', 'rowId', 'editId'])
export class DraftEditEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  editId: number;

  @Column('bigint')
  @ForeignKey(() => DraftChangeEntity, { onDelete: 'CASCADE' })
  changeId: number;

  @Column('text')
  kind: 'story' | 'node' | 'choice';

  @Column('bigint')
  rowId: number;

  /** Null where there was no row before. */
  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  @Column('jsonb')
  after: Record<string, unknown>;

  /** The one that the row had then; null for edits older than this column. */
  @Column('integer', { nullable: true })
  revision: number | null;
}
