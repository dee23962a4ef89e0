import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../../../auth/users/user.entity.js';

export type Frequency = 'daily' | 'weekly';

/** How often a user wants a digest; without a row, never. */
@Entity('digests')
@Check('digests_frequency_check', `frequency IN ('daily', 'weekly')`)
@Index(['nextAt'])
export class DigestEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  userId: number;

  @Column('text')
  frequency: Frequency;

  /** What is new since then stands in the next one. */
  @Column('timestamptz')
  since: Date;

  @Column('timestamptz')
  nextAt: Date;
}
