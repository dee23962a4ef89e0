import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { Seeder } from '../seeds/seeder.js';
import { UserService } from './auth/users/user.service.js';
import { print, withApp } from './cli.run.js';
import { addStoryCommands } from './cli.story.js';
import { projectRoot } from './config/project-root.js';
import { newMigrationFile } from './database/migration-file.js';
import { Migrator } from './database/migrator.js';
import { Jobs } from './jobs/jobs.js';

const program = new Command('talegraph').description('Runs a Talegraph installation.');

const migrate = program
  .command('migrate')
  .description('Bring the database schema up to date, or back.');

migrate
  .command('run')
  .description('apply every pending migration')
  .action(() =>
    withApp({ migrate: false }, async (app) => {
      const applied = await app.get(Migrator).run();
      await app.get(Jobs).install();
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

addStoryCommands(program);

const withSchema = (work: (migrator: Migrator) => Promise<void>) =>
  withApp({ migrate: false }, (app) => work(app.get(Migrator)));

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

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
