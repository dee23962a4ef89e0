import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { StoryEntity } from '../../stories/story.entity.js';
import type { TwineStory } from '../formats/twine/twine-story.js';

/** Which node a passage became, and the hash of what was made of it; null where it became none. */
export type PassageNode = { readonly nodeId: number; readonly hash: string | null } | null;

/**
 * A file that a story was imported from, kept so that what was not translated comes out again. It never changes: the row
 * of the story says which one its draft has, and the history of the draft takes that back and makes it again.
 */
@Entity('story_sources')
@Check('story_sources_kind_check', `kind IN ('twine')`)
@Index(['ifid'])
@Index(['storyId'])
export class StorySourceEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  sourceId: number;

  @Column('bigint')
  @ForeignKey(() => StoryEntity)
  storyId: number;

  @Column('text')
  kind: 'twine';

  /** Names the story in all its editions. */
  @Column('text', { nullable: true })
  ifid: string | null;

  /** As the file had it. */
  @Column('jsonb')
  twine: TwineStory;

  /** In the order of its passages. */
  @Column('jsonb')
  passages: PassageNode[];

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
