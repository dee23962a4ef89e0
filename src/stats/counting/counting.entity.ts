import { Column, Entity } from 'typeorm';

/** One row: those who count play facts lock the table, one after another. */
@Entity('counting')
export class CountingEntity {
  @Column('boolean', { primary: true, default: true })
  countingId: boolean;

  /** When everything was last counted anew. */
  @Column('timestamptz', { nullable: true })
  rebuiltAt: Date | null;
}
