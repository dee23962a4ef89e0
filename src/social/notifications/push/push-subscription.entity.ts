import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../../auth/users/user.entity.js';

/** A browser that a user wants to be told in: where its push service takes messages, and how they are encrypted. */
@Entity('push_subscriptions')
@Index('push_subscriptions_endpoint_key', ['endpoint'], { unique: true })
@Index(['userId', 'subscriptionId'])
export class PushSubscriptionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  subscriptionId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity, { onDelete: 'CASCADE' })
  userId: number;

  @Column('text')
  endpoint: string;

  @Column('text')
  p256dh: string;

  @Column('text')
  auth: string;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
