import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Digests, type DigestPart } from '../../social/notifications/digests/digests.js';
import { UserStatsRepository } from './user-stats.repository.js';

/** From how many days on a streak is worth a word. */
const WORTH_A_WORD = 2;

/** Tells in digests of streaks that end today unless their reader plays. */
@Injectable()
export class StreakDigest implements OnModuleInit {
  constructor(
    private readonly digests: Digests,
    private readonly stats: UserStatsRepository,
  ) {}

  onModuleInit(): void {
    this.digests.contribute((userId) => this.#write(userId));
  }

  async #write(userId: number): Promise<DigestPart> {
    const streak = (await this.stats.streakAtRisk(userId)) ?? 0;
    return {
      paragraphs:
        streak < WORTH_A_WORD ? [] : [`Your streak of ${streak} days ends today, unless you play.`],
      links: [],
    };
  }
}
