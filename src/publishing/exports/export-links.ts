import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { isSigned, sign } from '../../config/signature.js';
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
    const token = `${Buffer.from(says).toString('base64url')}.${sign(this.config.jwtSecret(), 'export', says)}`;
    return `${this.config.publicUrl}/exports?token=${token}`;
  }

  /** @returns undefined when the link was made up or altered, or its time is over */
  read(token: string, now = Date.now()): Linked | undefined {
    const [encoded = '', signature = ''] = token.split('.', 2);
    const text = Buffer.from(encoded, 'base64url').toString();
    if (!isSigned(this.config.jwtSecret(), 'export', { text, signature })) return undefined;
    const [storyId, format, versionId, userId, expires] = text.split('.');
    if (now >= Number(expires)) return undefined;
    return {
      storyId: Number(storyId),
      format: format as ExportFormat,
      ...(versionId !== '0' && { versionId: Number(versionId) }),
      userId: Number(userId),
    };
  }
}
