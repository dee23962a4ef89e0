import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { UserEntity } from '../users/user.entity.js';

/** What a token that was sent to an address allows whoever reads it. */
export type AddressPurpose = 'confirm' | 'reset';

/** A token that was sent by mail, by its hash. It goes when it is used, and counts for the address it was sent to. */
@Entity('address_tokens')
@Check('address_tokens_purpose_check', `purpose IN ('confirm', 'reset')`)
@Index(['userId'])
export class AddressTokenEntity {
  @Column('text', { primary: true })
  tokenHash: string;

  @Column('bigint')
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  userId: number;

  @Column('text')
  purpose: AddressPurpose;

  @Column('text')
  email: string;

  @Column('timestamptz')
  expiresAt: Date;
}
