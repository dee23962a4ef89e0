import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/config/project-root.js';
import { startApp, type TestApp } from '../support/app.js';
import { loggedIn, registered, ME, PASSWORD } from '../integration/auth/accounts.js';

const PATIENCE = 90_000;

/** The built command line, on the database of the server that the test has started. */
function run(args: readonly string[], input = '') {
  const program = join(projectRoot, 'dist', 'src', 'cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: process.env,
    input,
  });
  return { status, stdout, stderr };
}

const done = (stdout: string) => ({ status: 0, stdout, stderr: '' });

describe('the command line', () => {
  let talegraph: TestApp;
  beforeAll(async () => {
    talegraph = await startApp();
  });
  afterAll(() => talegraph.close());

  it(
    'gives an account the password that it reads, and ends all its sessions',
    async () => {
      const { client, database } = talegraph;
      const old = await registered(client, 'forgetful');
      const other = await registered(client, 'mindful');
      const short = run(['user', 'reset-password', 'forgetful'], 'short\n');
      expect({ ...short, stderr: '' }).toEqual({ status: 1, stdout: '', stderr: '' });
      expect(short.stderr).toContain('must have 8 characters or more');
      expect((await loggedIn(client, 'forgetful', PASSWORD)).user.id).toBe(old.user.id);
      expect(run(['user', 'reset-password', 'forgetful'], 'a new password\n')).toEqual(
        done('forgetful has a new password, and no sessions.\n'),
      );
      const live = await database.query(
        'SELECT username FROM sessions JOIN users USING (user_id) WHERE revoked_at IS NULL',
      );
      expect(live).toEqual([{ username: other.user.username }]);
      const { accessToken } = await loggedIn(client, 'forgetful', 'a new password');
      expect((await client.as(accessToken).get(ME)).me.username).toBe('forgetful');
    },
    PATIENCE,
  );

  it(
    'makes a password where it is told to, and prints it alone',
    async () => {
      const { status, stdout, stderr } = run([
        ...['user', 'reset-password', 'forgetful@example.org', '--generate'],
      ]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/^[\w-]{20}\n$/);
      const { user } = await loggedIn(talegraph.client, 'forgetful', stdout.trim());
      expect(user.username).toBe('forgetful');
    },
    PATIENCE,
  );

  it(
    'lists accounts, and makes administrators ordinary users, the last one aside',
    async () => {
      await talegraph.factory.newGuest();
      const role = (name: string, is: string) =>
        new RegExp(`^${name}\t${name}@example\\.org\t${is}\t\\d{4}-[\\d-]+T[\\d:.]+Z$`);
      const listed = () => run(['user', 'list']).stdout.trimEnd().split('\n');
      expect(run(['user', 'promote', 'forgetful'])).toEqual(
        done('forgetful is an administrator now.\n'),
      );
      expect(listed()).toEqual([
        expect.stringMatching(role('forgetful', 'admin')),
        expect.stringMatching(role('mindful', 'user')),
      ]);
      expect(run(['user', 'demote', 'forgetful'])).toEqual({
        status: 1,
        stdout: '',
        stderr: 'forgetful is the last administrator. Promote somebody else first.\n',
      });
      run(['user', 'promote', 'mindful']);
      expect(run(['user', 'demote', 'forgetful'])).toEqual(
        done('forgetful is an ordinary user now.\n'),
      );
      expect(listed()).toEqual([
        expect.stringMatching(role('forgetful', 'user')),
        expect.stringMatching(role('mindful', 'admin')),
      ]);
      expect(run(['user', 'demote', 'nobody'])).toEqual({
        status: 1,
        stdout: '',
        stderr: 'There is no such user.\n',
      });
    },
    PATIENCE,
  );

  it(
    'takes no migration back without being told to, and names the one that it would',
    () => {
      const before = run(['migrate', 'show']).stdout;
      const name = before.trim().split('\n').at(-1)!.replace('[x] ', '');
      expect(run(['migrate', 'revert'], 'y\n')).toEqual({
        status: 2,
        stdout: '',
        stderr:
          `This takes back ${name} and drops what it added, data and all. Nothing was done. ` +
          'Make a backup, then run it with --yes.\n',
      });
      expect(run(['migrate', 'show']).stdout).toBe(before);
      expect(run(['migrate', 'revert', '--yes'])).toEqual(done(`Took back ${name}.\n`));
      expect(run(['migrate', 'show']).stdout).toBe(before.replace(`[x] ${name}`, `[ ] ${name}`));
    },
    PATIENCE,
  );
});
