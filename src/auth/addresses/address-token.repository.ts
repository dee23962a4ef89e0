import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AddressTokenEntity, type AddressPurpose } from './address-token.entity.js';

/** Whose token it is, and which address it was sent to. */
export type AddressOwner = Pick<AddressTokenEntity, 'userId' | 'email'>;

/** A token has not expired, and its user still has the address that it was sent to. */
const LIVE = `token_hash = $1 AND purpose = $2 AND expires_at > now()
  AND users.user_id = address_tokens.user_id AND lower(users.email) = lower(address_tokens.email)`;

@Injectable()
export class AddressTokenRepository {
  constructor(private readonly database: Database) {}

  /** Adds a token; those of its user that have expired go. */
  async insert(token: AddressTokenEntity): Promise<void> {
    await this.database.query(
      'DELETE FROM address_tokens WHERE user_id = $1 AND expires_at <= now()',
      [token.userId],
    );
    await this.database.manager.insert(AddressTokenEntity, token);
  }

  async isLive(tokenHash: string, purpose: AddressPurpose): Promise<boolean> {
    const rows = await this.database.query(`SELECT FROM address_tokens, users WHERE ${LIVE}`, [
      tokenHash,
      purpose,
    ]);
    return rows.length > 0;
  }

  /** Uses a token up: of several calls at once, one alone is told whose it was. */
  async use(tokenHash: string, purpose: AddressPurpose): Promise<AddressOwner | undefined> {
    const [owner] = await this.database.query<AddressOwner>(
      `DELETE FROM address_tokens USING users WHERE ${LIVE}
       RETURNING address_tokens.user_id AS "userId", address_tokens.email`,
      [tokenHash, purpose],
    );
    return owner;
  }

  async deleteOf(userId: number, purpose: AddressPurpose): Promise<void> {
    await this.database.manager.delete(AddressTokenEntity, { userId, purpose });
  }
}
