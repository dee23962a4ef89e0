import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** As a choice: that a reader came to the node. */
export const ARRIVAL = 0;

/** A node of a version that readers have come to, or a choice of it that they have made there: a short name for the rows of those readers. */
@Entity('places')
@Index('places_key', ['versionId', 'nodeId', 'choiceId'], { unique: true })
export class PlaceEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  placeId: number;

  @Column('bigint')
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  @Column('bigint')
  nodeId: number;

  /** The choice that was made there, or `ARRIVAL`. */
  @Column('bigint')
  choiceId: number;
}
