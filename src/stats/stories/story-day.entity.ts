import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

/** What was done in a version of a story on one day. */
@Entity('story_days')
@Index(['versionId'])
@Index(['day'])
export class StoryDayEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryEntity)
  storyId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** How many playthroughs were begun. */
  @Column('integer', { default: 0 })
  plays: number;

  /** How many choices were made, with those that were gone back on. */
  @Column('integer', { default: 0 })
  choices: number;

  /** How often an ending was reached. */
  @Column('integer', { default: 0 })
  finishes: number;

  /** How often somebody sat down to a playthrough: after its beginning, after half an hour of nothing. */
  @Column('integer', { default: 0 })
  sessions: number;

  /** Time spent playing, in milliseconds; a pause counts for ten minutes at most. */
  @Column('bigint', { default: 0 })
  playMs: number;
}
