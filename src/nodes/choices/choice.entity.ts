import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import type { Effect, PuzzleDefinition } from '../../engine/core/definition.js';
import { UserEntity } from '../../auth/users/user.entity.js';
import { NodeEntity } from '../nodes/node.entity.js';

/** A way on from a node of the draft. */
@Entity('choices')
@Index('choices_from_node_id_idx', { synchronize: false })
@Index(['toNodeId'])
@Index(['failToNodeId'])
@Index(['updatedBy'])
export class ChoiceEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  choiceId: number;

  @Column('bigint')
  @ForeignKey(() => NodeEntity)
  fromNodeId: number;

  /** Null until the author says where it leads. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => NodeEntity)
  toNodeId: number | null;

  @Column('text')
  choiceText: string;

  /** A, B, ... Z, AA, ...: follows `order`. */
  @Column('text')
  choiceLetter: string;

  /** What the reader is told after choosing. */
  @Column('text', { nullable: true })
  consequences: string | null;

  /** A CEL expression: the choice is open while it is true. */
  @Column('text', { nullable: true })
  condition: string | null;

  /** What readers are told while the condition is false; they see nothing of the choice without it. */
  @Column('text', { nullable: true })
  lockedText: string | null;

  @Column('jsonb', { nullable: true })
  effects: Effect[] | null;

  /** Dice that decide where it leads. */
  @Column('text', { nullable: true })
  check: string | null;

  @Column('jsonb', { nullable: true })
  puzzle: PuzzleDefinition | null;

  /** Where a failed check leads, or a puzzle whose attempts are used up. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => NodeEntity)
  failToNodeId: number | null;

  /** After how many seconds at its node the choice makes itself. */
  @Column('double precision', { nullable: true })
  timing: number | null;

  /** The place among the node's choices, from 1. */
  @Column('integer')
  order: number;

  @Column('integer', { default: 1 })
  revision: number;

  /** Who made the revision; null for what came by another way than the application. */
  @Column('bigint', { nullable: true, default: () => 'change_author()' })
  @ForeignKey(() => UserEntity)
  updatedBy: number | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
