import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** What an access token says: which session sent it. Everything else is looked up. */
export interface AccessTokenClaims {
  readonly sid: number;
  /** When it expires, in seconds since 1970. */
  readonly exp: number;
}

@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  sign(sessionId: number): string {
    return this.jwt.sign({ sid: sessionId } satisfies Omit<AccessTokenClaims, 'exp'>);
  }
}
