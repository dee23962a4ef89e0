import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/config/project-root.js';
import { NEEDED_NODE } from '../../src/node-version.js';

/** Makes the process pass for one of an older Node.js. */
const OLDER = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.20.2'}})`;

describe('an older Node.js', () => {
  it.each([
    ['main.js', '"npm start" or "node_modules/.bin/node dist/src/main.js"'],
    ['cli.js', '"npx talegraph <command>" or "npm run -s cli -- <command>"'],
  ])('is refused at once by %s, which says how to start', (program, ways) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', OLDER, join(projectRoot, 'dist', 'src', program)],
      { encoding: 'utf8' },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `Talegraph needs Node.js 24 or newer, and this is 20.20.2. The project brings one that fits; use it by ${ways}.\n`,
    });
  });

  it('is older than the one that the project brings', () => {
    const { devDependencies } = JSON.parse(
      readFileSync(join(projectRoot, 'package.json'), 'utf8'),
    ) as { devDependencies: { node: string } };
    expect(devDependencies.node).toMatch(new RegExp(`^\\^${NEEDED_NODE}\\.`));
  });
});
