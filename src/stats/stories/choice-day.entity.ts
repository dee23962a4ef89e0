import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { StoryVersionEntity } from '../../publishing/versions/version.entity.js';

/** How often a choice of a version was made on one day. */
@Entity('choice_days')
@Index(['versionId', 'nodeId'])
export class ChoiceDayEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => StoryVersionEntity)
  versionId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  choiceId: number;

  /** Where it was made. */
  @Column('bigint', { primary: true })
  nodeId: number;

  @Column('integer', { default: 0 })
  made: number;
}
