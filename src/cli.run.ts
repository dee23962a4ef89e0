import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule, type AppOptions } from './app.module.js';
import { Config } from './config/config.js';
import { DatabaseServer } from './database/database-server.js';
import { endUnstarted } from './start-failure.js';

/** Runs a command over the application, beside a running server if there is one. */
export async function withApp(
  options: Pick<AppOptions, 'migrate'>,
  work: (app: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot({ ...options, beside: true, jobs: 'none' }),
    { logger: false, abortOnError: false },
  ).catch(endUnstarted);
  // Somewhere else than meant, it would be an empty one.
  if (app.get(Config).databaseUrl === undefined)
    process.stderr.write(`Database: ${app.get(DatabaseServer).description}.\n`);
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

/** Whoever reads standard output may have enough before all is told, as `head` has; what is done is done all the same. */
export const isClosedPipe = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';

process.stdout.on('error', (error) => {
  if (!isClosedPipe(error)) throw error;
});

/**
 * The text of a file that a command names.
 * @throws {Error} in plain words when it cannot be read
 */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new Error(`There is no file ${path}.`, { cause: error });
    if (code === 'EISDIR') throw new Error(`${path} is a folder, not a file.`, { cause: error });
    if (code === 'EACCES') throw new Error(`${path} may not be read.`, { cause: error });
    throw error;
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
