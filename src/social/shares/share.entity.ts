import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** A link to a story, or to an ending of it, by which its owner sends others there. */
@Entity('shares')
@Index('shares_key_key', ['key'], { unique: true })
@Index('shares_thing_key', { synchronize: false })
@Index(['userId', 'shareId'])
@Index(['storyId'])
export class ShareEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  shareId: number;

  /** What its address ends with: random, so that nobody comes upon the links of others by counting. */
  @Column('text')
  key: string;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** A node of the version that it was shared from, so without a foreign key. */
  @Column('bigint', { nullable: true })
  endingNodeId: number | null;

  @Column('text')
  channel: string;

  /** How often people came by it. */
  @Column('integer', { default: 0 })
  visits: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
