import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
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

/** Tells a result: standard output has nothing else. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Asks at the terminal, beside standard output. @returns the line that is typed; empty where input ends */
export function ask(question: string): Promise<string> {
  return answerTo(question, process.stderr);
}

/** As {@link ask}, and what is typed is not shown. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const secret = await answerTo('', nowhere);
  process.stderr.write('\n');
  return secret;
}

async function answerTo(question: string, output: Writable): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      terminal.once('close', () => {
        resolve('');
      });
      terminal.question(question).then(resolve, reject);
    });
  } finally {
    terminal.close();
  }
}
