import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/config/project-root.js';

/** Prints the packages that a module loads. */
const LOADS = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({ load(url, context, next) {
    const [, name] = /node_modules\\/(@[^/]+\\/[^/]+|[^/]+)/.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return next(url, context);
  } });
  await import(process.argv[1]);
  console.log([...packages].join(' '));`;

async function packagesOf(file: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--input-type=module', '--eval', LOADS, join(projectRoot, file)],
  ]);
  return stdout.trim().split(' ');
}

describe('tasks for threads', () => {
  const files = globSync('dist/src/**/*.tasks.js', { cwd: projectRoot });

  it('are there once built', () => {
    expect(files.length).toBeGreaterThanOrEqual(3);
  });

  it.each(files)('load neither framework nor database: %s', async (file) => {
    const forbidden = /^(@nestjs|typeorm|pg|graphql|rxjs)/;
    expect((await packagesOf(file)).filter((name) => forbidden.test(name))).toEqual([]);
  });

  it('are seen to load what they need', async () => {
    const packages = await Promise.all(files.map(packagesOf));
    expect(packages.flat()).toContain('@marcbachmann/cel-js');
  });
});
