import { Injectable } from '@nestjs/common';
import { Activities } from '../../social/activities/activities.js';
import { AchievementRepository } from './achievement.repository.js';
import { ACHIEVEMENTS } from './definitions.js';

const PREFIX = 'achievement:';

const OPEN = new Set(ACHIEVEMENTS.filter(({ isSecret }) => !isSecret).map(({ key }) => key));

/** The key of the achievement that an activity is about; undefined where it is about something else. */
export const achievedKey = (subject: string): string | undefined =>
  subject.startsWith(PREFIX) ? subject.slice(PREFIX.length) : undefined;

/** Lets others see what the platform awards, but for what is secret: it would be none any more. */
@Injectable()
export class AwardNews {
  constructor(
    private readonly activities: Activities,
    private readonly achievements: AchievementRepository,
  ) {}

  /** Tells of all that `award` awards, in its transaction, which must be the only one that awards anything. */
  async of(award: () => Promise<void>): Promise<void> {
    const last = await this.achievements.lastAward();
    await award();
    const given = await this.achievements.givenSince(last);
    await this.activities.record(
      given
        .filter(({ key }) => OPEN.has(key))
        .map(({ userId: actorId, key, earnedAt: at }) => ({
          ...({ actorId, kind: 'achieved', subject: { key: `${PREFIX}${key}` }, at } as const),
        })),
    );
  }
}
