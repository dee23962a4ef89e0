import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { isSigned, sign } from '../../config/signature.js';

/** How long a link holds, in milliseconds. */
const LIFETIME = 10 * 60 * 1000;

/** Links to data exports: signed, so that nobody can make one up or alter one. */
@Injectable()
export class DataExportLinks {
  constructor(private readonly config: Config) {}

  /** @param now in milliseconds since 1970 */
  make(exportId: number, now = Date.now()): string {
    const says = `${exportId}.${now + LIFETIME}`;
    const token = `${says}.${sign(this.config.jwtSecret(), 'data-export', says)}`;
    return `${this.config.publicUrl}/data-exports?token=${token}`;
  }

  /** @returns the export; undefined when the link was made up or altered, or its time is over */
  read(token: string, now = Date.now()): number | undefined {
    const [exportId = '', expires = '', signature = ''] = token.split('.', 3);
    const text = `${exportId}.${expires}`;
    if (!isSigned(this.config.jwtSecret(), 'data-export', { text, signature })) return undefined;
    return now < Number(expires) ? Number(exportId) : undefined;
  }
}
