import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Rewards } from '../../progress/playthroughs/rewards.js';
import { FactCounter } from '../counting/fact-counter.js';
import { AchievementRepository } from './achievement.repository.js';
import { toEarned } from './achievement.type.js';

/** Tells readers at once what the choices that come to an ending, or collect something, earn: they are counted before the rest. */
@Injectable()
export class RewardGiver implements OnModuleInit {
  constructor(
    private readonly rewards: Rewards,
    private readonly counter: FactCounter,
    private readonly achievements: AchievementRepository,
  ) {}

  onModuleInit(): void {
    this.rewards.listen(async (progressId, seq) => {
      await this.counter.countNow(progressId);
      const rows = await this.achievements.causedBy(progressId, seq);
      return rows.map((row) => toEarned(row).achievement);
    });
  }
}
