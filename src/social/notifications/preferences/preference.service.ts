import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../../auth/users/user.repository.js';
import { Database } from '../../../database/database.js';
import { DigestRepository } from '../digests/digest.repository.js';
import { DEFAULTS, KINDS, type Channels, type Kind, type Topic } from '../kinds.js';
import type { NotificationKind } from '../list/notification.type.js';
import type { UpdateNotificationPreferencesInput } from './preference.inputs.js';
import { PreferenceRepository } from './preference.repository.js';
import { DigestFrequency, type NotificationPreferences } from './preference.type.js';

/** How users are told of what happens. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly preferences: PreferenceRepository,
    private readonly digests: DigestRepository,
  ) {}

  async get(userId: number): Promise<NotificationPreferences> {
    const chosen = new Map((await this.preferences.find(userId)).map((row) => [row.kind, row]));
    const digest = await this.digests.find(userId);
    return {
      digest: (digest?.frequency ?? 'off') as DigestFrequency,
      nextDigestAt: digest?.nextAt ?? null,
      kinds: KINDS.map((kind) => {
        const { inApp, email, push } = chosen.get(kind) ?? DEFAULTS[kind];
        return { kind: kind as NotificationKind, inApp, email, push };
      }),
    };
  }

  /** Changes what is given. */
  async update(
    userId: number,
    { kinds, digest }: UpdateNotificationPreferencesInput,
  ): Promise<NotificationPreferences> {
    return this.database.transaction(async () => {
      await this.users.lock(userId);
      for (const { kind, ...channels } of kinds ?? []) await this.#change(userId, kind, channels);
      if (digest !== undefined) await this.#setDigest(userId, digest);
      return this.get(userId);
    });
  }

  /** Sends a user no more mails about something. */
  async endMails(userId: number, about: Topic): Promise<void> {
    await this.database.transaction(async () => {
      await this.users.lock(userId);
      if (about === 'digest') await this.digests.delete(userId);
      else await this.#change(userId, about, { email: false });
    });
  }

  async #setDigest(userId: number, frequency: DigestFrequency): Promise<void> {
    if (frequency === DigestFrequency.OFF) await this.digests.delete(userId);
    else await this.digests.put(userId, frequency);
  }

  async #change(
    userId: number,
    kind: Kind,
    { inApp, email, push }: Partial<Channels>,
  ): Promise<void> {
    const rows = await this.preferences.find(userId);
    const now = rows.find((row) => row.kind === kind) ?? DEFAULTS[kind];
    await this.preferences.put({
      userId,
      kind,
      inApp: inApp ?? now.inApp,
      email: email ?? now.email,
      push: push ?? now.push,
    });
  }
}
