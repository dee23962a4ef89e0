import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Redis } from './redis.js';

@Global()
@Module({
  providers: [
    { provide: Redis, inject: [Config], useFactory: (config: Config) => new Redis(config) },
  ],
  exports: [Redis],
})
export class RedisModule {}
