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
import { StoryEntity } from '../../stories/story.entity.js';
import { ChoiceEntity } from '../choices/choice.entity.js';
import { NodeEntity } from '../nodes/node.entity.js';

/** What somebody who works on a story said about it, or about a node or a choice of it; it outlives both. */
@Entity('story_comments')
@Check('story_comments_place_check', 'node_id IS NULL OR choice_id IS NULL')
@Index(['storyId', 'commentId'])
@Index(['nodeId', 'commentId'])
@Index(['choiceId', 'commentId'])
@Index(['parentId', 'commentId'])
@Index(['userId'])
@Index(['resolvedBy'])
export class CommentEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  commentId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => NodeEntity)
  nodeId: number | null;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => ChoiceEntity)
  choiceId: number | null;

  /** The first comment of the thread; null for that one itself. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => CommentEntity)
  parentId: number | null;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  /** Markdown. */
  @Column('text')
  text: string;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  editedAt: Date | null;

  /** Of the first comment: when the thread was settled. */
  @Column('timestamptz', { nullable: true })
  resolvedAt: Date | null;

  @Column('bigint', { nullable: true })
  @ForeignKey(() => UserEntity)
  resolvedBy: number | null;

  /** Of a first comment that has replies, which stay; others are removed. Its text is gone. */
  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
