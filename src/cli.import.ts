import type { INestApplicationContext } from '@nestjs/common';
import { Option, type Command } from 'commander';
import { UserRepository } from './auth/users/user.repository.js';
import { encodeId } from './graphql/ids.js';
import type { Viewer } from './graphql/viewer.js';
import type { FileProblem } from './publishing/formats/place.js';
import { FORMATS } from './publishing/formats/read-stories.js';
import {
  constructCounts,
  linkCounts,
  type FidelityReport,
} from './publishing/formats/twine/fidelity.js';
import { present } from './publishing/formats/present.js';
import { ImportFiles } from './publishing/imports/import-files.js';
import type { StoryResult } from './publishing/imports/import.repository.js';
import { StoryRepository } from './stories/story.repository.js';
import { StoryService } from './stories/story.service.js';
import { printChanges, type UserNames } from './cli.import-changes.js';
import { print, readText, withApp } from './cli.run.js';

interface ImportOptions {
  readonly author?: string;
  readonly choices?: string;
  readonly create: boolean;
  readonly dryRun: boolean;
  readonly format?: string;
  readonly json: boolean;
  readonly story?: string;
}

/** What became of a file. */
interface FileReport {
  readonly file: string;
  readonly problems: readonly FileProblem[];
  readonly stories: readonly StoryResult[];
}

/** Adds the command that imports stories; it does the work itself, whether or not a server runs. */
export function addImportCommand(story: Command): void {
  story
    .command('import <file...>')
    .description('import the stories of files as drafts; fails where any has errors')
    .option('--author <name>', 'whose stories they are (default: the first administrator)')
    .option('--choices <file>', 'the second file of a story in CSV, with its choices')
    .option('--create', 'make new stories even of those that the author has already', false)
    .option(
      '--story <slug>',
      'the story that becomes what the file says, whatever the file calls it',
    )
    .option('--dry-run', 'write nothing, and tell what would become of each story', false)
    .option('--json', 'print the report as JSON', false)
    .addOption(
      new Option('--format <name>', 'the format (default: found out)').choices([...FORMATS]),
    )
    .action((files: string[], options: ImportOptions) =>
      withApp({}, async (app) => {
        const author = await authorIn(app, options.author);
        const storyId = await storyIn(app, author, options.story);
        const reports: FileReport[] = [];
        for (const file of files) {
          reports.push(await importFile(app, author, file, { ...options, storyId }));
        }
        if (options.json) print(JSON.stringify(await asJson(app, reports), undefined, 2));
        else {
          const names = await editorsIn(app, reports);
          for (const report of reports) printReport(report, names, options);
        }
        if (reports.some(hasErrors)) process.exitCode = 1;
      }),
    );
}

async function authorIn(app: INestApplicationContext, name: string | undefined): Promise<Viewer> {
  const users = app.get(UserRepository);
  const user = await (name === undefined ? users.firstAdmin() : users.findByIdentifier(name));
  if (user === null || user.role === 'guest') {
    throw new Error(
      name === undefined
        ? 'There is no administrator: name an author with --author.'
        : `There is no author ${name}.`,
    );
  }
  return { userId: user.userId, role: user.role, sessionId: 0 };
}

/** @throws {ApiError} `NOT_FOUND` when the author may not write it */
async function storyIn(
  app: INestApplicationContext,
  author: Viewer,
  slug: string | undefined,
): Promise<number | undefined> {
  if (slug === undefined) return undefined;
  const stories = app.get(StoryService);
  const { storyId } = await stories.getVisible(author, { slug });
  return (await stories.getEditable(author, storyId)).storyId;
}

async function importFile(
  app: INestApplicationContext,
  author: Viewer,
  file: string,
  options: ImportOptions & { readonly storyId: number | undefined },
): Promise<FileReport> {
  const { choices, create, dryRun, format, storyId } = options;
  const stories: StoryResult[] = [];
  const problems = await app.get(ImportFiles).run(
    author,
    {
      content: readText(file),
      ...(choices !== undefined && { choices: readText(choices) }),
    },
    {
      isDryRun: dryRun,
      onExisting: create ? 'create' : 'update',
      ...present({ format, storyId }),
    },
    {
      onStory: (_, result) => {
        stories.push(result);
        return Promise.resolve();
      },
    },
  );
  return { file, problems, stories };
}

/** The reports with what the API calls their stories: ids and slugs, null where a story was not written. */
async function asJson(app: INestApplicationContext, reports: readonly FileReport[]) {
  const storyIds = reports.flatMap(({ stories }) =>
    stories.flatMap(({ storyId }) => storyId ?? []),
  );
  const rows = await app.get(StoryRepository).findByIds(storyIds);
  const slugs = new Map(rows.map(({ storyId, slug }) => [storyId, slug]));
  return reports.map(({ stories, ...report }) => ({
    ...report,
    stories: stories.map(({ storyId, ...story }) => ({
      ...story,
      storyId: storyId === null ? null : encodeId('story', storyId),
      slug: storyId === null ? null : (slugs.get(storyId) ?? null),
    })),
  }));
}

/** Those whose edits are overwritten. */
async function editorsIn(
  app: INestApplicationContext,
  reports: readonly FileReport[],
): Promise<UserNames> {
  const userIds = reports
    .flatMap(({ stories }) => stories.flatMap(({ changes }) => changes?.overwrites ?? []))
    .flatMap(({ userId }) => userId ?? []);
  const users = await app.get(UserRepository).findByIds([...new Set(userIds)]);
  return new Map(users.map(({ userId, username }) => [userId, username]));
}

function printReport(
  { file, problems, stories }: FileReport,
  names: UserNames,
  { dryRun }: ImportOptions,
): void {
  problems.forEach((problem) => {
    printProblem(file, problem);
  });
  for (const result of stories) {
    const { title, action, nodeCount, choiceCount, problems, problemCount, report, changes } =
      result;
    problems.forEach((problem) => {
      printProblem(file, problem);
    });
    const more = problemCount - problems.length;
    if (more > 0) print(`${file}: ${more} more problems`);
    const isWritten = action === 'created' || action === 'updated';
    const fate = dryRun && isWritten ? `would be ${action}` : action;
    print(`${title}: ${fate}, ${nodeCount} nodes, ${choiceCount} choices`);
    if (report !== null) printFidelity(report);
    if (changes !== null) printChanges(changes, names, { isWhole: dryRun });
  }
}

function printFidelity(report: FidelityReport): void {
  const links = linkCounts(report);
  const { mapped, kept, dropped } = constructCounts(report);
  const kinds = `${links.literal} literal, ${links.macro} by macro, ${links.computed} computed`;
  print(
    `  ${links.total} links: ${kinds}; code: ${mapped} mapped, ${kept} kept, ${dropped} dropped; ` +
      (report.isReachabilityKnown ? 'all ways are known' : 'some links are computed in play'),
  );
  if (kept + dropped > 0) print(`  "--dry-run --json" prints the report, with the place of each.`);
}

function printProblem(file: string, { code, severity, place, message, fix }: FileProblem): void {
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  const sentence = fix === undefined ? message : `${message.replace(/[^.?!]$/, '$&.')} ${fix}`;
  print(`${where}: ${severity} ${code}: ${sentence}`);
}

const hasErrors = ({ problems, stories }: FileReport): boolean =>
  problems.some(({ severity }) => severity === 'error') ||
  stories.some(({ action }) => action === 'refused');
