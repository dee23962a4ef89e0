import type { Command } from 'commander';
import { print, withApp } from './cli.run.js';
import { NeighbourSearch } from './recommendations/neighbours/neighbour-search.js';
import { RatingRecount } from './social/ratings/rating-recount.js';
import { FactCounter } from './stats/counting/fact-counter.js';

export function addStatsCommands(program: Command): void {
  const stats = program.command('stats').description('Look after the statistics.');

  stats
    .command('rebuild')
    .description(
      'count everything anew from the steps of all playthroughs and from all ratings; readers may go on',
    )
    .action(() =>
      withApp({}, async (app) => {
        await app.get(FactCounter).rebuild((last) => {
          print(`Counted all playthroughs up to number ${last}.`);
        });
        await app.get(RatingRecount).rebuild();
        await app.get(NeighbourSearch).run();
        print('Counted everything anew.');
      }),
    );
}
