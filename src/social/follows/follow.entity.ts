import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';

/** Somebody follows somebody else. */
@Entity('follows')
@Check('follows_others_check', 'follower_id <> followed_id')
@Index('follows_pair_key', ['followerId', 'followedId'], { unique: true })
@Index(['followerId', 'followId'])
@Index(['followedId', 'followId'])
export class FollowEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  followId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  followerId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  followedId: number;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  followedAt: Date;
}

/** How many follow somebody, and how many they follow: always as many as there are rows of follows. */
@Entity('follow_counts')
export class FollowCountEntity {
  @PrimaryColumn('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('integer', { default: 0 })
  followers: number;

  @Column('integer', { default: 0 })
  following: number;
}
