import { Column, Entity, ForeignKey } from 'typeorm';
import { UserEntity } from '../../../auth/users/user.entity.js';
import type { Kind } from '../kinds.js';

/** By which channels a user wants to be told of a kind; without a row, by those of its defaults. */
@Entity('notification_preferences')
export class NotificationPreferenceEntity {
  @Column('bigint', { primary: true })
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  userId: number;

  @Column('text', { primary: true })
  kind: Kind;

  @Column('boolean')
  inApp: boolean;

  @Column('boolean')
  email: boolean;

  @Column('boolean')
  push: boolean;
}
