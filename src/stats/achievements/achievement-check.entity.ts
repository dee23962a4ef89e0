import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The outbox of what is no play: whose achievements are to be looked at, as they have published something, or a review has changed. */
@Entity('achievement_checks')
export class AchievementCheckEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  checkId: number;

  @Column('bigint')
  userId: number;
}
