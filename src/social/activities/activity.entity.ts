import {
  Check,
  Column,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { UserEntity } from '../../auth/users/user.entity.js';
import { StoryEntity } from '../../stories/story.entity.js';

export const ACTIVITY_KINDS = ['published', 'finished', 'rated', 'achieved', 'shared'] as const;
export type ActivityKindName = (typeof ACTIVITY_KINDS)[number];

export type AudienceName = 'everyone' | 'followers' | 'nobody';

const OF_A_KIND = `kind IN ('published', 'finished', 'rated', 'achieved', 'shared')`;

/** Something that somebody did, once for each kind and subject. */
@Entity('activities')
@Check('activities_kind_check', OF_A_KIND)
@Index('activities_deed_key', ['actorId', 'kind', 'subject'], { unique: true })
@Index(['actorId', 'activityId'])
@Index(['storyId'])
export class ActivityEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  activityId: number;

  @Column('bigint')
  @ForeignKey(() => UserEntity)
  actorId: number;

  @Column('text')
  kind: ActivityKindName;

  /** What it was done to, such as `story:42`: the same deed again is not another one. */
  @Column('text')
  subject: string;

  /** The story that it is about: it shows only while that is published. */
  @Column('bigint', { nullable: true })
  @ForeignKey(() => StoryEntity)
  storyId: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;
}

/** Whom somebody lets see what they do of a kind; without a row, as the kind has it by default. */
@Entity('activity_audiences')
@Check('activity_audiences_kind_check', OF_A_KIND)
@Check('activity_audiences_audience_check', `audience IN ('everyone', 'followers', 'nobody')`)
export class ActivityAudienceEntity {
  @PrimaryColumn('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @PrimaryColumn('text')
  kind: ActivityKindName;

  @Column('text')
  audience: AudienceName;
}

/** Up to which activity somebody has read their feed. */
@Entity('feed_marks')
export class FeedMarkEntity {
  @PrimaryColumn('bigint')
  @ForeignKey(() => UserEntity)
  userId: number;

  @Column('bigint')
  activityId: number;
}
