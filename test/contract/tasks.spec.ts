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

describe('tasks for threads', () => {
  const files = globSync('dist/src/**/*.tasks.js', { cwd: projectRoot });

  it('are there once built', () => {
    expect(files.length).toBeGreaterThanOrEqual(3);
  });

  it.each(files)('load neither framework nor database: %s', async (file) => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--input-type=module', '--eval', LOADS, join(projectRoot, file)],
    ]);
    const packages = stdout.trim().split(' ');
    expect(packages).toContain('@marcbachmann/cel-js');
    expect(packages.filter((name) => /^(@nestjs|typeorm|pg|graphql|rxjs)/.test(name))).toEqual([]);
  });
});
