import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { PushSubscriptionEntity } from './push-subscription.entity.js';

export type NewSubscription = Pick<
  PushSubscriptionEntity,
  'userId' | 'endpoint' | 'p256dh' | 'auth'
>;

@Injectable()
export class PushRepository {
  constructor(private readonly database: Database) {}

  findById(subscriptionId: number): Promise<PushSubscriptionEntity | null> {
    return this.#subscriptions.findOneBy({ subscriptionId });
  }

  /** The ids of those of some users, by user. */
  async idsByUser(userIds: readonly number[]): Promise<Map<number, number[]>> {
    const rows = await this.database.query<{ userId: number; ids: number[] }>(
      `SELECT user_id AS "userId", json_agg(subscription_id ORDER BY subscription_id) AS ids
       FROM push_subscriptions WHERE user_id = ANY($1) GROUP BY user_id`,
      [userIds],
    );
    return new Map(rows.map(({ userId, ids }) => [userId, ids]));
  }

  /** Subscribes a browser, which is then nobody else’s. */
  async put(subscription: NewSubscription): Promise<void> {
    await this.#subscriptions.upsert(subscription, ['endpoint']);
  }

  /** Keeps the latest subscriptions of a user, so many. */
  async keepLatest(userId: number, most: number): Promise<void> {
    await this.database.query(
      `DELETE FROM push_subscriptions WHERE subscription_id IN (
         SELECT subscription_id FROM push_subscriptions WHERE user_id = $1
         ORDER BY subscription_id DESC OFFSET $2
       )`,
      [userId, most],
    );
  }

  /** @returns whether it was there */
  async delete(userId: number, endpoint: string): Promise<boolean> {
    const { affected } = await this.#subscriptions.delete({ userId, endpoint });
    return affected === 1;
  }

  async deleteById(subscriptionId: number): Promise<void> {
    await this.#subscriptions.delete({ subscriptionId });
  }

  get #subscriptions() {
    return this.database.manager.getRepository(PushSubscriptionEntity);
  }
}
