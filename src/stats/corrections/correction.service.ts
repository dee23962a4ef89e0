import { Injectable } from '@nestjs/common';
import { UserService } from '../../auth/users/user.service.js';
import { Database } from '../../database/database.js';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import { badUserInput } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { FactCounter } from '../counting/fact-counter.js';
import { today } from '../days.js';
import { UserStatsRepository, type UserStatsRow } from '../readers/user-stats.repository.js';
import { toStats, type UserStats } from '../readers/user-stats.type.js';
import { changesNothing, inFuture, takesTooMuch } from '../stats.errors.js';
import type { UpdateUserStatsInput } from './correction.inputs.js';
import { CorrectionRepository } from './correction.repository.js';
import { MINUTE, toCorrection, type StatsCorrection } from './correction.type.js';

/** Which sum each field of a correction changes. */
const SUM_OF = {
  storiesStarted: 'storiesStarted',
  storiesCompleted: 'storiesCompleted',
  endingsFound: 'endingsFound',
  totalChoicesMade: 'totalChoicesMade',
  playthroughs: 'plays',
  finishes: 'finishes',
  sessions: 'sessions',
  totalPlayTime: 'playMs',
  xp: 'xp',
} as const satisfies Partial<Record<keyof UpdateUserStatsInput, keyof UserStatsRow>>;

/** Corrections of what was counted: audited, and counted anew with the rest. */
@Injectable()
export class CorrectionService {
  constructor(
    private readonly database: Database,
    private readonly users: UserService,
    private readonly corrections: CorrectionRepository,
    private readonly counter: FactCounter,
    private readonly stats: UserStatsRepository,
  ) {}

  /** @throws {ApiError} `BAD_USER_INPUT` for a day to come, or where a sum would fall below 0 */
  async correct(viewer: Viewer, userId: number, input: UpdateUserStatsInput): Promise<UserStats> {
    const now = today((await this.users.get(userId)).timezone);
    const day = input.day ?? now;
    if (day > now) throw inFuture();
    if (Object.keys(SUM_OF).every((field) => input[field as keyof typeof SUM_OF] === 0))
      throw changesNothing();
    return this.database.transaction(async () => {
      const { correctionId } = await this.corrections.insert({
        userId,
        day,
        correctedBy: viewer.userId,
        reason: input.reason,
        plays: input.playthroughs,
        choices: input.totalChoicesMade,
        finishes: input.finishes,
        sessions: input.sessions,
        playMs: input.totalPlayTime * MINUTE,
        storiesStarted: input.storiesStarted,
        storiesFinished: input.storiesCompleted,
        endingsFound: input.endingsFound,
        xp: input.xp,
      });
      await this.counter.correct(correctionId);
      const sums = (await this.stats.find(userId))!;
      const below = fieldsBelowZero(sums);
      if (below.length > 0) throw badUserInput(below.map(takesTooMuch));
      return toStats(userId, sums);
    });
  }

  async of(userId: number, page: PageArgs): Promise<Connection<StatsCorrection>> {
    await this.users.get(userId);
    return paginate(
      {
        page,
        list: 'statsCorrections',
        keys: ['id'],
        fetch: (limit, after) =>
          this.corrections.page(userId, limit, after?.[0] as number | undefined),
        keysetOf: ({ correctionId }) => [correctionId],
        count: () => this.corrections.count(userId),
      },
      toCorrection,
    );
  }
}

/** The fields whose sums have fallen below 0. Experience follows the others, so that it is named only by itself. */
function fieldsBelowZero(sums: UserStatsRow): string[] {
  const fields = Object.entries(SUM_OF).flatMap(([field, sum]) => (sums[sum] < 0 ? field : []));
  return fields.length > 1 ? fields.filter((field) => field !== 'xp') : fields;
}
