import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The number, among the steps of a playthrough, of its beginning. */
export const START = -1;

/**
 * The outbox of the play path: what has happened and is not counted yet. A row is written in the transaction of the
 * playthrough, and deleted in the one that counts it: so nothing is lost, and nothing is counted twice.
 */
@Entity('play_facts')
export class PlayFactEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  factId: number;

  @Column('bigint')
  progressId: number;

  /** The choice that was made, by its number, or `START`. */
  @Column('integer')
  seq: number;
}
