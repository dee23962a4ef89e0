import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ThrottlerModule } from '@nestjs/throttler';
import { Config } from '../config/config.js';
import { AccessGuard } from '../graphql/access.js';
import { Redis } from '../redis/redis.js';
import { AddressTokenRepository } from './addresses/address-token.repository.js';
import { AddressController } from './addresses/address.controller.js';
import { AddressMails } from './addresses/address.mails.js';
import { AddressResolver } from './addresses/address.resolver.js';
import { AddressService } from './addresses/address.service.js';
import { AccessTokens, ACCESS_TOKEN_SECONDS } from './sessions/access-tokens.js';
import { Bearers } from './sessions/bearers.js';
import { JwtStrategy } from './sessions/jwt.strategy.js';
import { LiveSessions } from './sessions/live-sessions.js';
import { SessionRepository } from './sessions/session.repository.js';
import { SessionResolver } from './sessions/session.resolver.js';
import { SessionService } from './sessions/session.service.js';
import { signInThrottles } from './sessions/sign-in-throttle.js';
import { ThrottleCounts } from './sessions/throttle-counts.js';
import { ViewerGuard } from './sessions/viewer.guard.js';
import { UserById } from './users/user.loaders.js';
import { UserRepository } from './users/user.repository.js';
import { UserResolver } from './users/user.resolver.js';
import { UserService } from './users/user.service.js';

@Module({
  imports: [
    PassportModule,
    ThrottlerModule.forRootAsync({
      inject: [Redis],
      useFactory: (redis: Redis) => ({ ...signInThrottles, storage: new ThrottleCounts(redis) }),
    }),
    JwtModule.registerAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        secret: config.jwtSecret(),
        signOptions: { expiresIn: ACCESS_TOKEN_SECONDS, algorithm: 'HS256' },
      }),
    }),
  ],
  controllers: [AddressController],
  providers: [
    // In this order: who is it, and may they?
    { provide: APP_GUARD, useClass: ViewerGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
    AccessTokens,
    AddressMails,
    AddressResolver,
    AddressService,
    AddressTokenRepository,
    Bearers,
    JwtStrategy,
    LiveSessions,
    SessionRepository,
    SessionResolver,
    SessionService,
    UserById,
    UserRepository,
    UserResolver,
    UserService,
  ],
  exports: [
    AccessTokens,
    Bearers,
    LiveSessions,
    SessionRepository,
    UserById,
    UserRepository,
    UserService,
  ],
})
export class AuthModule {}
