import { Column, Entity } from 'typeorm';

/** One row: the pair of keys (VAPID) by which push services know the servers of this installation. */
@Entity('push_keys')
export class PushKeyEntity {
  @Column('boolean', { primary: true, default: true })
  pushKeyId: boolean;

  @Column('text')
  publicKey: string;

  @Column('text')
  privateKey: string;
}
