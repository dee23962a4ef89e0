import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import type { EarnedRow } from './achievement.repository.js';
import type { AchievementDefinition as Given } from '../../engine/core/definition.js';
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
  @Field({ description: 'Its key, which never changes: on the platform, or in its story.' })
  key: string;

  @Field({ description: 'What it is called.' })
  name: string;

  @Field({ description: 'What it is earned by.' })
  description: string;

  @Field({ description: 'An emoji that stands for it.' })
  icon: string;

  @Field(() => AchievementTier, {
    nullable: true,
    description: 'How much it takes; null for what the author of a story gives.',
  })
  tier: AchievementTier | null;

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

@ObjectType({ description: 'An achievement that the author of a story gives to its readers.' })
export class StoryAchievement {
  @Field({ description: 'Its key in the story.' })
  key: string;

  @Field({ description: 'What it is called.' })
  name: string;

  @Field({ description: 'What the author says of it; empty where that is nothing.' })
  description: string;

  @Field({ description: 'Whether readers are told of it only once they have earned it.' })
  isSecret: boolean;

  @Field(() => Date, { nullable: true, description: 'When you earned it; null before.' })
  earnedAt: Date | null;
}

/** @param earnedAt as PostgreSQL writes it in JSON */
export const toStoryAchievement = (
  { key, name, description, secret }: Given,
  earnedAt: string | undefined,
): StoryAchievement => ({
  ...{ key, name, description: description ?? '', isSecret: secret ?? false },
  earnedAt: earnedAt === undefined ? null : new Date(earnedAt),
});

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
export const achievementOf = (key: string): Achievement => {
  const definition = BY_KEY.get(key);
  return definition === undefined ? nameless(key) : toAchievement(definition);
};

export const toEarned = (row: EarnedRow): EarnedAchievement => ({
  achievement: {
    ...(row.given === null ? achievementOf(row.key) : fromAuthor(row.given)),
    points: row.points,
  },
  earnedAt: row.earnedAt,
  row,
});

/** What authors give brings no experience, as they could give any amount. */
const fromAuthor = ({ key, name, description, secret }: Given): Achievement => ({
  ...{ key, name, description: description ?? '', icon: '🏅' },
  ...{ tier: null, points: 0, isSecret: secret ?? false },
});

const nameless = (key: string): Achievement => ({
  ...{ key, name: key, description: 'It is not given any more.', icon: '🏅' },
  ...{ tier: AchievementTier.BRONZE, points: 0, isSecret: false },
});
