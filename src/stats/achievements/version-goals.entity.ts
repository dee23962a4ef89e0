import { Column, Entity, ForeignKey } from 'typeorm';
import type { AchievementDefinition } from '../../engine/core/definition.js';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** What there is to reach in a version: taken out of its snapshot when it is first asked for, as that is large. */
@Entity('version_goals')
export class VersionGoalsEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** The nodes that are endings. */
  @Column('bigint', { array: true })
  endings: number[];

  /** What its author gives; null where that is nothing. */
  @Column('jsonb', { nullable: true })
  achievements: readonly AchievementDefinition[] | null;
}
