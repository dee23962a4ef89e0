import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { StoryEntity } from '../../stories/story.entity.js';
import type { TwineStory } from '../formats/twine/twine-story.js';

/** Which node a passage became, and the hash of what was made of it; null where it became none. */
export type PassageNode = { readonly nodeId: number; readonly hash: string | null } | null;

/** The file that a story was imported from, kept so that what was not translated comes out again. */
@Entity('story_sources')
@Check('story_sources_kind_check', `kind IN ('twine')`)
@Index(['ifid'])
export class StorySourceEntity {
  @PrimaryColumn('bigint')
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
  updatedAt: Date;
}
