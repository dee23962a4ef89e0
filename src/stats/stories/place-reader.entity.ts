import { Column, Entity, ForeignKey } from 'typeorm';
import { PlaceEntity } from './place.entity.js';

/**
 * Who came to a place on one day. There are about two rows for each step, so that they are narrow, and users carry no
 * foreign key: it would need another index.
 */
@Entity('place_readers')
export class PlaceReaderEntity {
  @Column('integer', { primary: true })
  @ForeignKey(() => PlaceEntity)
  placeId: number;

  /** As in `2026-11-25`, of universal time. */
  @Column('date', { primary: true })
  day: string;

  @Column('bigint', { primary: true })
  userId: number;
}
