import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Config } from '../../config/config.js';
import type { Viewer } from '../../graphql/viewer.js';
import { sessionOver } from '../auth.errors.js';
import type { AccessTokenClaims } from './access-tokens.js';
import { Bearers } from './bearers.js';
import { LiveSessions } from './live-sessions.js';

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    config: Config,
    private readonly sessions: LiveSessions,
    private readonly bearers: Bearers,
  ) {
    // A key that is made once: a string would be tried as a public key for each token first.
    const key = createSecretKey(config.jwtSecret(), 'utf8');
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // The types of passport-jwt do not know keys, which jsonwebtoken takes.
      secretOrKeyProvider: (_request, _token, done) => {
        done(null, key as unknown as Buffer);
      },
      algorithms: ['HS256'],
      passReqToCallback: true,
    });
  }

  async validate({ headers }: FastifyRequest, claims: AccessTokenClaims): Promise<Viewer> {
    const { sid } = claims;
    const viewer = Number.isSafeInteger(sid) ? await this.sessions.find(sid) : undefined;
    if (viewer === undefined) throw sessionOver();
    this.bearers.remember(headers.authorization!, claims);
    return viewer;
  }
}
