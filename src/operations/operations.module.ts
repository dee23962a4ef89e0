import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { Config } from '../config/config.js';
import { loggerSettings, ServerLogger } from './logging.js';
import { collectProcessMetrics, OperationMetrics } from './metrics.js';
import { OperationsController } from './operations.controller.js';

@Module({
  imports: [
    LoggerModule.forRootAsync({ inject: [Config], useFactory: loggerSettings }),
    TerminusModule.forRoot({ logger: false }),
  ],
  controllers: [OperationsController],
  providers: [OperationMetrics, ServerLogger],
})
export class OperationsModule {
  constructor() {
    collectProcessMetrics();
  }
}
