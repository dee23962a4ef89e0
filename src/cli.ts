import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Seeder } from '../seeds/seeder.js';
import { AppModule, type AppOptions } from './app.module.js';
import { UserService } from './auth/users/user.service.js';
import { projectRoot } from './config/project-root.js';
import { newMigrationFile } from './database/migration-file.js';
import { Migrator } from './database/migrator.js';
import { simulate, type Strategy } from './engine/core/simulate.js';
import { compile } from './engine/core/story.js';
import { DraftDefinitionRepository } from './engine/draft-definition.repository.js';
import { StoryRepository } from './stories/story.repository.js';

const program = new Command('talegraph').description('Runs a Talegraph installation.');

const migrate = program
  .command('migrate')
  .description('Bring the database schema up to date, or back.');

migrate
  .command('run')
  .description('apply every pending migration')
  .action(() =>
    withSchema(async (migrator) => {
      const applied = await migrator.run();
      print(
        applied.length === 0
          ? 'Nothing to apply: the database is up to date.'
          : `Applied ${applied.join(', ')}.`,
      );
    }),
  );

migrate
  .command('revert')
  .description('take back the newest migration')
  .action(() =>
    withSchema(async (migrator) => {
      const reverted = await migrator.revert();
      print(
        reverted === undefined
          ? 'Nothing to take back: no migration is applied.'
          : `Took back ${reverted}.`,
      );
    }),
  );

migrate
  .command('show')
  .description('list the migrations and whether each is applied')
  .action(() =>
    withSchema(async (migrator) => {
      for (const { name, applied } of await migrator.status())
        print(`[${applied ? 'x' : ' '}] ${name}`);
    }),
  );

migrate
  .command('generate <name>')
  .description(
    'write a migration for what the entities have and the database lacks, e.g. AddStoryCover',
  )
  .action((name: string) =>
    withSchema(async (migrator) => {
      const drift = await migrator.drift();
      if (drift.up.length === 0) {
        print('Nothing to generate: entities and database agree.');
        return;
      }
      const { file, source } = newMigrationFile(name, Date.now(), drift);
      writeFileSync(join(projectRoot, 'migrations', file), source, { flag: 'wx' });
      print(`Wrote migrations/${file}. Read it, mend it, and add it to migrations/index.ts.`);
    }),
  );

program
  .command('seed')
  .description('write and publish the sample stories that are not there yet')
  .action(() =>
    withApp({}, async (app) => {
      const written = await app.get(Seeder).seedStories();
      print(
        written.length === 0
          ? 'All sample stories are there already.'
          : `Wrote ${written.join(', ')}.`,
      );
    }),
  );

const user = program.command('user').description('Manage accounts.');

user
  .command('create <username> <email>')
  .description('make an account; the password is read from standard input')
  .option('--admin', 'make it an administrator', false)
  .action((username: string, email: string, { admin }: { admin: boolean }) =>
    withApp({}, async (app) => {
      const role = admin ? 'admin' : 'user';
      const password = await readPassword();
      await app.get(UserService).createChecked({ username, email, password, role });
      print(`Made the ${role} ${username}.`);
    }),
  );

user
  .command('promote <nameOrEmail>')
  .description('make an account an administrator')
  .action((identifier: string) =>
    withApp({}, async (app) => {
      const { username } = await app.get(UserService).setRole(identifier, 'admin');
      print(`${username} is an administrator now.`);
    }),
  );

program
  .command('story')
  .description('Look after stories.')
  .command('simulate <slug>')
  .description('play the draft of a story at random many times, and tell what came of it as JSON')
  .option('--plays <count>', 'how many plays', wholeNumber, 1000)
  .option('--seed <text>', 'the same seed gives the same result', 'talegraph')
  .addOption(
    new Option('--strategy <name>', 'how choices are made')
      .choices(['uniform', 'prefer-unseen'] satisfies Strategy[])
      .default('uniform'),
  )
  .action((slug: string, options: { plays: number; seed: string; strategy: Strategy }) =>
    withApp({}, async (app) => {
      const found = await app.get(StoryRepository).findBySlug(slug);
      if (found === null) throw new Error(`There is no story ${slug}.`);
      const draft = await app.get(DraftDefinitionRepository).load(found.storyId);
      print(JSON.stringify(simulate(compile(draft), options), undefined, 2));
    }),
  );

/** @returns a count from 1 to 100,000 */
function wholeNumber(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 100000.');
}

const withSchema = (work: (migrator: Migrator) => Promise<void>) =>
  withApp({ migrate: false }, (app) => work(app.get(Migrator)));

/** Runs a command over the application, beside a running server if there is one. */
async function withApp(
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

/** The first line of standard input, asked for where somebody is there to answer. */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
  const input = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await input.question('Password: ');
  } finally {
    input.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
