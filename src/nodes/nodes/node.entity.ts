import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import type { Effect } from '../../engine/core/definition.js';
import { UserEntity } from '../../auth/users/user.entity.js';
import type { MediaRef } from '../../media/library/media-uses.js';
import { StoryEntity } from '../../stories/story.entity.js';

export type NodeKind = 'story' | 'choice' | 'ending';
export type EndingKindValue = 'good' | 'neutral' | 'bad' | 'secret';

/** The media of a node, by what they are. */
export interface NodeMediaRefs {
  readonly image?: MediaRef;
  readonly audio?: MediaRef;
}

/** A passage of the draft. Readers never see it: they get the snapshot that publishing makes of it. */
@Entity('story_nodes')
@Check('story_nodes_node_type_check', `node_type IN ('story', 'choice', 'ending')`)
@Check('story_nodes_is_ending_node_check', `is_ending_node = (node_type = 'ending')`)
@Check('story_nodes_ending_kind_check', `ending_kind IN ('good', 'neutral', 'bad', 'secret')`)
@Index(['storyId', 'nodeId'])
@Index(['updatedBy'])
@Index('story_nodes_media_idx', { synchronize: false })
@Index('story_nodes_node_key_key', { synchronize: false })
@Index('story_nodes_start_key', { synchronize: false })
@Index('story_nodes_position_idx', { synchronize: false })
@Index('story_nodes_chapter_idx', { synchronize: false })
@Index('story_nodes_tags_idx', { synchronize: false })
export class NodeEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  nodeId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** What the author calls it, unique in the story. */
  @Column('text')
  nodeKey: string;

  @Column('text')
  nodeTitle: string;

  @Column('text')
  content: string;

  @Column('boolean', { default: false })
  isStartingNode: boolean;

  @Column('boolean', { default: false })
  isEndingNode: boolean;

  @Column('text')
  nodeType: NodeKind;

  @Column('text', { nullable: true })
  endingKind: EndingKindValue | null;

  /** The declared ending that is collected here. */
  @Column('text', { nullable: true })
  ending: string | null;

  /** What happens whenever the node is entered. */
  @Column('jsonb', { nullable: true })
  effects: Effect[] | null;

  /** What is shown and played with it. */
  @Column('jsonb', { nullable: true })
  media: NodeMediaRefs | null;

  /** For the author alone, as is the chapter. */
  @Column('text', { array: true, default: () => `'{}'` })
  tags: string[];

  /** What the node is grouped under. */
  @Column('text', { nullable: true })
  chapter: string | null;

  @Column('double precision', { nullable: true })
  positionX: number | null;

  @Column('double precision', { nullable: true })
  positionY: number | null;

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
