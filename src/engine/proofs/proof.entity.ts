import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { StoryEntity } from '../../stories/story.entity.js';
import type { StoryDefinition } from '../core/definition.js';
import type { ProofRecord } from '../core/prover/proof-record.js';

export type ProofState = 'queued' | 'running' | 'done' | 'failed';

/** What the prover found out about one content of a story, or is about to. */
@Entity('story_proofs')
@Index('story_proofs_content_key', ['storyId', 'contentHash'], { unique: true })
@Check('story_proofs_status_check', `status IN ('queued', 'running', 'done', 'failed')`)
export class ProofEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  proofId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('text')
  contentHash: string;

  @Column('text')
  status: ProofState;

  /** The story that is to be proved; null when that is done. */
  @Column('jsonb', { nullable: true })
  definition: StoryDefinition | null;

  /** How many states have been looked at so far. */
  @Column('integer', { default: 0 })
  states: number;

  @Column('jsonb', { nullable: true })
  result: ProofRecord | null;

  /** What went wrong, where it failed. */
  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
