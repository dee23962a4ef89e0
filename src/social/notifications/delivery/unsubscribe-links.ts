import { Injectable } from '@nestjs/common';
import { Config } from '../../../config/config.js';
import { isSigned, sign } from '../../../config/signature.js';
import { decodeId, encodeId } from '../../../graphql/ids.js';
import { isTopic, type Topic } from '../kinds.js';
import { alteredLink } from '../notification.errors.js';

/** Where the links lead, below `PUBLIC_URL`. */
export const UNSUBSCRIBE_PATH = 'mails/unsubscribe';

/** Whose mails about what a link ends. */
export interface Unsubscribe {
  readonly userId: number;
  readonly about: Topic;
}

/** Links that end the mails about something to a user without signing in. They are signed, and hold for ever. */
@Injectable()
export class UnsubscribeLinks {
  constructor(private readonly config: Config) {}

  pathFor({ userId, about }: Unsubscribe): string {
    const user = encodeId('user', userId);
    const signature = sign(this.config.jwtSecret(), 'unsubscribe', `${user} ${about}`);
    return `/${UNSUBSCRIBE_PATH}?${new URLSearchParams({ user, about, signature }).toString()}`;
  }

  /** @throws {ApiError} `FORBIDDEN` when this server has not signed it */
  read(user: string, about: string, signature: string): Unsubscribe {
    const text = `${user} ${about}`;
    const isOurs = isSigned(this.config.jwtSecret(), 'unsubscribe', { text, signature });
    if (!isOurs || !isTopic(about)) throw alteredLink();
    return { userId: decodeId('user', user, 'user'), about };
  }
}
