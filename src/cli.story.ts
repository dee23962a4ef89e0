import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { FindingRecord } from './engine/core/prover/proof-record.js';
import type { Strategy } from './engine/core/simulate.js';
import { readDraft } from './engine/draft-definition.js';
import { DraftDefinitionRepository } from './engine/draft-definition.repository.js';
import { ProofService } from './engine/proofs/proof.service.js';
import { STORY_TASKS } from './engine/story.task-file.js';
import type { examine } from './engine/story.tasks.js';
import { SimulationService } from './engine/simulation/simulation.service.js';
import { decodeId, isIdOf } from './graphql/ids.js';
import { ExportService } from './publishing/exports/export.service.js';
import { ExportFormat } from './publishing/exports/export.type.js';
import { VersionRepository } from './publishing/versions/version.repository.js';
import type { StoryEntity } from './stories/story.entity.js';
import { StoryRepository } from './stories/story.repository.js';
import { Threads } from './threads/threads.js';
import { addImportCommand } from './cli.import.js';
import { print, withApp } from './cli.run.js';
import { withNames } from './cli.simulation.js';

/** Adds the commands that look after stories. */
export function addStoryCommands(program: Command): void {
  const story = program
    .command('story')
    .description('Look after stories. <story> is the slug of one, or its id.');
  addImportCommand(story);

  story
    .command('validate <story>')
    .description(
      'find all faults in the structure and the rules of a draft; fails where one is an error',
    )
    .action((slug: string) =>
      withDraft(slug, ({ findings }) => {
        report(findings);
      }),
    );

  story
    .command('prove <story>')
    .description('prove whether readers of a draft can get stuck; fails where they can')
    .action((slug: string) =>
      withDraft(slug, async ({ story }, proofs) => {
        const { isComplete, states, findings } = await proofs.prove(story);
        print(
          `Looked at ${states} states${isComplete ? ', which are all' : '; there are more, so that some things stay unknown'}.`,
        );
        report(findings);
      }),
    );

  story
    .command('simulate <story>')
    .description('play the draft of a story at random many times, and tell what came of it as JSON')
    .option('--plays <count>', 'how many plays', wholeNumber, 1000)
    .option('--seed <text>', 'the same seed gives the same result', 'talegraph')
    .addOption(
      new Option('--strategy <name>', 'how choices are made')
        .choices(['uniform', 'prefer-unseen', 'readers'] satisfies Strategy[])
        .default('uniform'),
    )
    .action((slug: string, options: { plays: number; seed: string; strategy: Strategy }) =>
      withStory(slug, async ({ storyId }, app) => {
        const outcome = await app.get(SimulationService).simulate(storyId, options);
        const draft = readDraft(await app.get(DraftDefinitionRepository).text(storyId));
        print(JSON.stringify(withNames(outcome, draft), undefined, 2));
      }),
    );

  addExportCommand(story);
}

const FORMATS = Object.keys(ExportFormat).map((name) => name.toLowerCase().replaceAll('_', '-'));

const addExportCommand = (story: Command) =>
  story
    .command('export <story>')
    .description('write the draft of a story, or one of its versions, as a file')
    .addOption(new Option('--format <name>', 'as what').choices(FORMATS).default('talegraph-json'))
    .option('--output <file>', 'where to; standard output when left out')
    .option('--version <number>', 'which version; the draft when left out', wholeNumber)
    .action((slug: string, options: { format: string; output?: string; version?: number }) =>
      withStory(slug, async (row, app) => {
        const format = options.format.toUpperCase().replaceAll('-', '_') as ExportFormat;
        const versionId = await versionOf(row.storyId, options.version, app);
        const { size, stream } = await app.get(ExportService).write(row, format, versionId);
        await pipeline(
          stream(),
          options.output === undefined ? process.stdout : createWriteStream(options.output),
          { end: options.output !== undefined },
        );
        if (options.output !== undefined) print(`Wrote ${size} bytes to ${options.output}.`);
      }),
    );

async function versionOf(
  storyId: number,
  number: number | undefined,
  app: INestApplicationContext,
): Promise<number | undefined> {
  if (number === undefined) return undefined;
  const versionId = await app.get(VersionRepository).idOfNumber(storyId, number);
  if (versionId === undefined) throw new Error(`The story has no version ${number}.`);
  return versionId;
}

function report(findings: readonly FindingRecord[]): void {
  for (const { severity, code, message, fix } of findings) {
    print(`${severity.toUpperCase()} ${code}: ${message} ${fix}`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  print(`${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`);
  if (errors > 0) process.exitCode = 1;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

const withDraft = (
  slug: string,
  work: (draft: ReturnType<typeof examine>, proofs: ProofService) => void | Promise<void>,
) =>
  withStory(slug, async ({ storyId }, app) => {
    const draft = await app.get(DraftDefinitionRepository).text(storyId);
    await work(await app.get(Threads).run(STORY_TASKS, 'examine', draft), app.get(ProofService));
  });

/** @param name the slug of a story, or its id */
const withStory = (
  name: string,
  work: (row: StoryEntity, app: INestApplicationContext) => Promise<void>,
) =>
  withApp({}, async (app) => {
    const stories = app.get(StoryRepository);
    const found = await (isIdOf('story', name)
      ? stories.findById(decodeId('story', name, 'story'))
      : stories.findBySlug(name));
    if (found === null) throw new Error(`There is no story ${name}.`);
    await work(found, app);
  });

/** @returns a count from 1 to 100,000 */
function wholeNumber(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 100000.');
}
