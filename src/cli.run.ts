import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule, type AppOptions } from './app.module.js';

/** Runs a command over the application, beside a running server if there is one. */
export async function withApp(
  options: Pick<AppOptions, 'migrate'>,
  work: (app: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot({ ...options, beside: true }),
    { logger: false, abortOnError: false },
  );
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
