import { Injectable } from '@nestjs/common';
import webPush, { type VapidKeys } from 'web-push';
import { Database } from '../../../database/database.js';

/** The keys by which push services know this installation: made once, and the same for all its servers. */
@Injectable()
export class PushKeys {
  #keys: VapidKeys | undefined;

  constructor(private readonly database: Database) {}

  async get(): Promise<VapidKeys> {
    this.#keys ??= (await this.#find()) ?? (await this.#make());
    return this.#keys;
  }

  async #find(): Promise<VapidKeys | undefined> {
    const [keys] = await this.database.query<VapidKeys>(
      'SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_keys',
    );
    return keys;
  }

  /** Of several servers that make some at once, the first one’s count. */
  async #make(): Promise<VapidKeys> {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    await this.database.query(
      'INSERT INTO push_keys (public_key, private_key) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [publicKey, privateKey],
    );
    return (await this.#find())!;
  }
}
