import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { guestHasNoPassword, wrongPassword } from '../../auth/auth.errors.js';
import { LiveSessions, REMEMBERED_SECONDS } from '../../auth/sessions/live-sessions.js';
import { SessionRepository } from '../../auth/sessions/session.repository.js';
import { passwordMatches } from '../../auth/users/passwords.js';
import { UserService } from '../../auth/users/user.service.js';
import { Database } from '../../database/database.js';
import type { Viewer } from '../../graphql/viewer.js';
import { Jobs, OUTBOUND } from '../../jobs/jobs.js';
import { MediaUseRepository } from '../../publishing/library/media-use.repository.js';
import { DataExportService } from '../data-exports/data-export.service.js';
import { isAdmin, notYourName } from '../privacy.errors.js';
import { PublishedStoriesRule, type DeleteAccountInput } from './erasure.inputs.js';
import { ErasureRepository } from './erasure.repository.js';

const QUEUE = 'erase-account';

/** When no server takes the person for signed in any more, and what they had in hand is done: nothing is written for them then. */
const DELAY_SECONDS = 2 * REMEMBERED_SECONDS;

/** One at a time, as they change rows of others too, and for as long as the storage is away. */
const PACE = { ...OUTBOUND, atOnce: 1 };

interface Erasure {
  readonly userId: number;
  readonly publishedStories: PublishedStoriesRule;
}

/** Forgets people: who they were at once, and what they left in a job. */
@Injectable()
export class ErasureService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly accounts: UserService,
    private readonly sessions: SessionRepository,
    private readonly live: LiveSessions,
    private readonly erasures: ErasureRepository,
    private readonly exports: DataExportService,
    private readonly mediaUses: MediaUseRepository,
  ) {}

  onModuleInit(): void {
    // It was promised: what is given up is begun anew.
    const givenUp = (erasure: Erasure) => this.jobs.send(QUEUE, erasure);
    this.jobs.handle<Erasure>(QUEUE, (erasure) => this.#erase(erasure), givenUp, PACE);
  }

  /**
   * @throws {ApiError} `BAD_USER_INPUT` when the name or the password is wrong; `CONFLICT` for an administrator
   */
  async deleteAccount({ userId }: Viewer, input: DeleteAccountInput): Promise<void> {
    const { username, passwordHash, role } = await this.accounts.get(userId);
    if (input.username.trim().toLowerCase() !== username.toLowerCase()) throw notYourName();
    if (role === 'admin') throw isAdmin();
    await checkPassword(input.currentPassword, passwordHash);
    await this.database.transaction(async () => {
      await this.erasures.anonymise(userId, `deleted-${randomUUID().slice(0, 13)}`);
      await this.sessions.revokeAll(userId);
      const { publishedStories } = input;
      const erasure: Erasure = { userId, publishedStories };
      await this.jobs.send(QUEUE, erasure, DELAY_SECONDS);
    });
    await this.live.forget(userId);
  }

  /** May be done again: what is gone is gone. */
  async #erase({ userId, publishedStories }: Erasure): Promise<void> {
    await this.exports.deleteOf(userId);
    await this.database.transaction(async () => {
      await this.erasures.handOver(userId);
      if (publishedStories === PublishedStoriesRule.UNPUBLISH)
        await this.erasures.unpublish(userId);
      for (const mediaId of await this.erasures.deleteDrafts(userId))
        if ((await this.mediaUses.find(mediaId)).length === 0) await this.erasures.release(mediaId);
      await this.erasures.eraseRows(userId);
    });
  }
}

async function checkPassword(given: string | undefined, hash: string | null): Promise<void> {
  if (hash === null) {
    if (given !== undefined) throw guestHasNoPassword();
  } else if (!(await passwordMatches(given ?? '', hash))) throw wrongPassword();
}
