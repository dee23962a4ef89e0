import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** As a choice: that a reader came to the node. */
export const ARRIVAL = 0;

/**
 * Who came to a node of a version on one day, and who made which choice there. There are about as many rows as steps, so
 * that users carry no foreign key: it would need another index.
 */
@Entity('place_readers')
@Index(['versionId', 'nodeId', 'choiceId', 'userId'])
export class PlaceReaderEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  nodeId: number;

  /** The choice that was made there, or `ARRIVAL`. */
  @Column('bigint', { primary: true })
  choiceId: number;

  @Column('bigint', { primary: true })
  userId: number;
}
