import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import type { MadeStory } from '../../support/factory.js';

const CLI = join(import.meta.dirname, '../../../dist/src/cli.js');

interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** On the database of the server that the test has started. */
const run = (...args: string[]) =>
  new Promise<Run>((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, ...args],
      { env: { ...process.env } },
      (_, output, errors) => {
        resolve({ status: child.exitCode, output, errors });
      },
    );
  });

/** Starting the program takes its time on a busy machine. */
const PATIENCE = 90_000;

describe('story export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'talegraph-export-'));
  let talegraph: TestApp;
  let story: MadeStory;
  beforeAll(async () => {
    talegraph = await startApp();
    story = await talegraph.factory.newStory(await talegraph.factory.newAuthor());
    await talegraph.database.query(
      `UPDATE story_nodes SET content = 'Written since.' WHERE story_id = $1`,
      [story.storyId],
    );
  });
  afterAll(async () => {
    await talegraph.close();
    rmSync(folder, { recursive: true });
  });

  it(
    'writes the draft to standard output, and nothing else',
    async () => {
      const { status, output, errors } = await run(
        'story',
        'export',
        story.slug,
        '--format',
        'twee',
      );
      expect([status, errors]).toEqual([0, '']);
      expect(output).toMatch(/^:: StoryTitle\nStory \d+\n/);
      expect(output).toContain(':: Title of start\nWritten since.\n');
    },
    PATIENCE,
  );

  it(
    'writes a version to a file, and tells how long it is',
    async () => {
      const file = join(folder, 'story.html');
      const options = ['--format', 'html', '--version', '1', '--output', file];
      const { status, output } = await run('story', 'export', story.slug, ...options);
      const written = readFileSync(file);
      expect([status, output]).toEqual([0, `Wrote ${written.length} bytes to ${file}.\n`]);
      expect(written.toString()).toMatch(/^<!doctype html>[^]*Text of \*start\*\.[^]*<\/html>\n$/);
      expect(written.toString()).not.toContain('Written since.');
    },
    PATIENCE,
  );

  it(
    'says what is wrong with its arguments',
    async () => {
      expect(await run('story', 'export', 'no-such-story')).toMatchObject({
        status: 1,
        errors: 'There is no story no-such-story.\n',
      });
      expect(await run('story', 'export', story.slug, '--version', '7')).toMatchObject({
        status: 1,
        errors: 'The story has no version 7.\n',
      });
      expect((await run('story', 'export', story.slug, '--format', 'pdf')).errors).toContain(
        'Allowed choices are talegraph-json',
      );
    },
    PATIENCE,
  );
});
