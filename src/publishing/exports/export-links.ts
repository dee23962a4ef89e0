import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { ExportFormat } from './export.type.js';

/** What a link gives, and to whom it was given. */
export interface Linked {
  readonly storyId: number;
  readonly format: ExportFormat;
  /** The draft when left out. */
  readonly versionId?: number;
  readonly userId: number;
}

/** How long a link holds, in milliseconds. */
const LIFETIME = 10 * 60 * 1000;

/** Links that give a file to whoever has them, for a while: signed, so that nobody can make one up or alter one. */
@Injectable()
export class ExportLinks {
  constructor(private readonly config: Config) {}

  /** @param now in milliseconds since 1970 */
  make({ storyId, format, versionId = 0, userId }: Linked, now = Date.now()): string {
    const says = [storyId, format, versionId, userId, now + LIFETIME].join('.');
    const token = `${Buffer.from(says).toString('base64url')}.${this.#sign(says)}`;
    return `${this.config.publicUrl}/exports?token=${token}`;
  }

  /** @returns undefined when the link was made up or altered, or its time is over */
  read(token: string, now = Date.now()): Linked | undefined {
    const [encoded = '', signature = ''] = token.split('.', 2);
    const says = Buffer.from(encoded, 'base64url').toString();
    if (!isEqual(signature, this.#sign(says))) return undefined;
    const [storyId, format, versionId, userId, expires] = says.split('.');
    if (now >= Number(expires)) return undefined;
    return {
      storyId: Number(storyId),
      format: format as ExportFormat,
      ...(versionId !== '0' && { versionId: Number(versionId) }),
      userId: Number(userId),
    };
  }

  /** By a key of its own, so that no other signature of this server is one of these. */
  #sign(says: string): string {
    const key = createHmac('sha256', this.config.jwtSecret()).update('export links').digest();
    return createHmac('sha256', key).update(says).digest('base64url');
  }
}

/** Takes as long whichever character differs. */
function isEqual(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
