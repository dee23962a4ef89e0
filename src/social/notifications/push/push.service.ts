import { Injectable } from '@nestjs/common';
import { UserRepository } from '../../../auth/users/user.repository.js';
import { Config } from '../../../config/config.js';
import { Database } from '../../../database/database.js';
import { insecureEndpoint, privateEndpoint } from '../notification.errors.js';
import type { SubscribePushInput } from './push.inputs.js';
import { PushRepository } from './push.repository.js';
import { isPublicEndpoint, isSecureEndpoint } from './push.rules.js';

/** In how many browsers somebody is told. */
const MOST_SUBSCRIPTIONS = 20;

/** Which browsers users want to be told in. */
@Injectable()
export class PushService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly subscriptions: PushRepository,
  ) {}

  /**
   * Subscribes a browser for a user; the oldest gives way where there are too many.
   * @throws {ApiError} `BAD_USER_INPUT` when the endpoint is no public address of HTTPS
   */
  async subscribe(userId: number, { endpoint, p256dh, auth }: SubscribePushInput): Promise<void> {
    if (!isSecureEndpoint(endpoint)) throw insecureEndpoint();
    if (!this.config.pushToPrivateAddresses && !isPublicEndpoint(endpoint)) throw privateEndpoint();
    await this.database.transaction(async () => {
      await this.users.lock(userId);
      await this.subscriptions.put({ userId, endpoint, p256dh, auth });
      await this.subscriptions.keepLatest(userId, MOST_SUBSCRIPTIONS);
    });
  }

  /** @returns whether the user was told in that browser until now */
  unsubscribe(userId: number, endpoint: string): Promise<boolean> {
    return this.subscriptions.delete(userId, endpoint);
  }
}
