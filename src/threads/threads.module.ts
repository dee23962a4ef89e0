import { Global, Module } from '@nestjs/common';
import { THREAD_LIMITS, Threads } from './threads.js';

@Global()
@Module({
  providers: [{ provide: Threads, useFactory: () => new Threads(THREAD_LIMITS) }],
  exports: [Threads],
})
export class ThreadsModule {}
