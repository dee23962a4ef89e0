import { Column, Entity, ForeignKey } from 'typeorm';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** What there is to reach in a version: taken out of its snapshot when it is first finished, as that is large. */
@Entity('version_goals')
export class VersionGoalsEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** The nodes that are endings. */
  @Column('bigint', { array: true })
  endings: number[];
}
