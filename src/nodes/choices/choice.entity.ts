import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { NodeEntity } from '../nodes/node.entity.js';

/** A way on from a node of the draft. */
@Entity('choices')
@Index('choices_from_node_id_idx', { synchronize: false })
@Index(['toNodeId'])
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

  /** The place among the node's choices, from 1. */
  @Column('integer')
  order: number;

  @Column('integer', { default: 1 })
  revision: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}
