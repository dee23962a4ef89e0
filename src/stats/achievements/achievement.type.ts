import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import type { EarnedRow } from './achievement.repository.js';
import { ACHIEVEMENTS, type AchievementDefinition } from './definitions.js';

export enum AchievementTier {
  BRONZE = 'bronze',
  SILVER = 'silver',
  GOLD = 'gold',
}

registerEnumType(AchievementTier, {
  name: 'AchievementTier',
  description: 'How much an achievement takes.',
  valuesMap: {
    BRONZE: { description: 'A beginning.' },
    SILVER: { description: 'Some perseverance.' },
    GOLD: { description: 'A long way.' },
  },
});

@ObjectType({ description: 'Something that readers and authors earn once, and for good.' })
export class Achievement {
  @Field({ description: 'Its key, which never changes.' })
  key: string;

  @Field({ description: 'What it is called.' })
  name: string;

  @Field({ description: 'What it is earned by.' })
  description: string;

  @Field({ description: 'An emoji that stands for it.' })
  icon: string;

  @Field(() => AchievementTier, { description: 'How much it takes.' })
  tier: AchievementTier;

  @Field(() => Int, { description: 'The experience that it brings.' })
  points: number;

  @Field({ description: 'Whether nobody is told of it before they have earned it.' })
  isSecret: boolean;
}

@ObjectType({ description: 'An achievement that somebody has earned.' })
export class EarnedAchievement {
  @Field(() => Achievement, { description: 'What was earned.' })
  achievement: Achievement;

  @Field({ description: 'When it was earned.' })
  earnedAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: EarnedRow;
}

export const EarnedAchievementConnection = ConnectionType(
  'EarnedAchievement',
  () => EarnedAchievement,
);

@ObjectType({ description: 'An achievement that somebody has not earned yet.' })
export class OpenAchievement {
  @Field(() => Achievement, { description: 'What there is to earn.' })
  achievement: Achievement;

  @Field(() => Int, { description: 'How far they have come, below `threshold`.' })
  progress: number;

  @Field(() => Int, { description: 'How far they have to come.' })
  threshold: number;
}

@ObjectType({ description: 'What somebody has earned, and what there is to earn.' })
export class Achievements {
  /** Not exposed: whose they are. */
  readonly userId: number;
}

export const toAchievement = ({
  tier,
  metric: _metric,
  threshold: _threshold,
  ...told
}: AchievementDefinition): Achievement => ({ ...told, tier: tier as AchievementTier });

const BY_KEY = new Map(ACHIEVEMENTS.map((definition) => [definition.key, definition]));

/** What is not defined any more is told by its key: it stays earned. */
export const toEarned = (row: EarnedRow): EarnedAchievement => {
  const definition = BY_KEY.get(row.key);
  return {
    achievement: {
      ...(definition === undefined ? nameless(row.key) : toAchievement(definition)),
      points: row.points,
    },
    earnedAt: row.earnedAt,
    row,
  };
};

const nameless = (key: string): Achievement => ({
  ...{ key, name: key, description: 'It is not given any more.', icon: '🏅' },
  ...{ tier: AchievementTier.BRONZE, points: 0, isSecret: false },
});
