import { Column, Entity, ForeignKey } from 'typeorm';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** How often readers came to a node of a version on one day. */
@Entity('node_days')
export class NodeDayEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  nodeId: number;

  @Column('integer', { default: 0 })
  arrivals: number;
}
