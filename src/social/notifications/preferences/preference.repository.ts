import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { NotificationPreferenceEntity } from './notification-preference.entity.js';

@Injectable()
export class PreferenceRepository {
  constructor(private readonly database: Database) {}

  /** What a user has chosen. */
  find(userId: number): Promise<NotificationPreferenceEntity[]> {
    return this.database.manager.findBy(NotificationPreferenceEntity, { userId });
  }

  async put(preference: NotificationPreferenceEntity): Promise<void> {
    await this.database.manager.upsert(NotificationPreferenceEntity, preference, [
      'userId',
      'kind',
    ]);
  }
}
