import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { Seeder } from '../seeds/seeder.js';
import { ask, isClosedPipe, print, withApp } from './cli.run.js';
import { addStatsCommands } from './cli.stats.js';
import { addStoryCommands } from './cli.story.js';
import { addUserCommands } from './cli.user.js';
import { projectRoot } from './config/project-root.js';
import { newMigrationFile } from './database/migration-file.js';
import { Migrator } from './database/migrator.js';
import { Jobs } from './jobs/jobs.js';
import { endUnstarted } from './start-failure.js';
import { runWorker } from './worker.js';

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
  .description('take back the newest migration, and drop what it added')
  .option('--yes', 'do it without asking', false)
  .action(({ yes }: { yes: boolean }) =>
    withSchema(async (migrator) => {
      const newest = await migrator.newest();
      if (newest === undefined) {
        print('Nothing to take back: no migration is applied.');
        return;
      }
      if (!yes) await confirm(`This takes back ${newest} and drops what it added, data and all.`);
      await migrator.revert(newest);
      print(`Took back ${newest}.`);
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

program
  .command('worker')
  .description('work on jobs in the background until it is stopped, beside servers that leave them')
  .action(() => runWorker().catch(endUnstarted));

addUserCommands(program);
addStoryCommands(program);
addStatsCommands(program);

const withSchema = (work: (migrator: Migrator) => Promise<void>) =>
  withApp({ migrate: false }, (app) => work(app.get(Migrator)));

/** @throws {CommanderError} with exit code 2 unless somebody is there to answer, and agrees */
async function confirm(consequence: string): Promise<void> {
  if (process.stdin.isTTY && /^y(es)?$/i.test(await ask(`${consequence} Go on? [y/N] `))) return;
  throw new CommanderError(
    2,
    'talegraph.unconfirmed',
    `${consequence} Nothing was done. Make a backup, then run it with --yes.`,
  );
}

program.parseAsync().catch((error: unknown) => {
  if (isClosedPipe(error)) return;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
});
