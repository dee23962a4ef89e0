import { Global, Module } from '@nestjs/common';
import { Config } from './config.js';
import { assertOwnFiles } from './foreign-file.js';

@Global()
@Module({ providers: [{ provide: Config, useFactory: ownConfig }], exports: [Config] })
export class ConfigModule {}

function ownConfig(): Config {
  const config = Config.from(process.env);
  assertOwnFiles(config);
  return config;
}
