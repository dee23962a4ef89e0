import type { Command } from 'commander';
import { print, withApp } from './cli.run.js';
import { FactCounter } from './stats/counting/fact-counter.js';

export function addStatsCommands(program: Command): void {
  const stats = program.command('stats').description('Look after the statistics.');

  stats
    .command('rebuild')
    .description(
      'count everything anew from the steps of all playthroughs; readers may go on playing',
    )
    .action(() =>
      withApp({}, async (app) => {
        await app.get(FactCounter).rebuild((last) => {
          print(`Counted all playthroughs up to number ${last}.`);
        });
        print('Counted everything anew.');
      }),
    );
}
