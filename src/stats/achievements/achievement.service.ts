import { Injectable } from '@nestjs/common';
import { UserService } from '../../auth/users/user.service.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Viewer } from '../../graphql/viewer.js';
import { othersStatistics } from '../stats.errors.js';
import { AchievementRepository } from './achievement.repository.js';
import {
  toAchievement,
  toEarned,
  type Achievements,
  type EarnedAchievement,
  type OpenAchievement,
} from './achievement.type.js';
import { ACHIEVEMENTS } from './definitions.js';

@Injectable()
export class AchievementService {
  constructor(
    private readonly achievements: AchievementRepository,
    private readonly users: UserService,
  ) {}

  /** One's own, or for administrators anybody's. */
  async of(viewer: Viewer, userId = viewer.userId): Promise<Achievements> {
    if (userId !== viewer.userId && viewer.role !== 'admin') throw othersStatistics();
    await this.users.get(userId);
    return { userId };
  }

  earned(userId: number, page: PageArgs): Promise<Connection<EarnedAchievement>> {
    return paginate(
      {
        page,
        list: 'Achievements.earned',
        keys: ['date', 'id'],
        fetch: (limit, after) => this.achievements.earned(userId, limit, after),
        keysetOf: ({ earnedAt, awardId }) => [earnedAt.toISOString(), awardId],
        count: () => this.achievements.countEarned(userId),
      },
      toEarned,
    );
  }

  /** What is secret is left out. */
  async open(userId: number): Promise<OpenAchievement[]> {
    const earned = await this.achievements.earnedKeys(userId);
    const totals = await this.achievements.totals(userId);
    return ACHIEVEMENTS.filter(({ key, isSecret }) => !isSecret && !earned.has(key)).map(
      (definition) => ({
        achievement: toAchievement(definition),
        // What has just been reached is awarded within seconds.
        progress: Math.min(totals.get(definition.metric)!, definition.threshold - 1),
        threshold: definition.threshold,
      }),
    );
  }
}
