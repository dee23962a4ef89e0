import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The system account that PostgreSQL runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so a root process lends it another account.
 * @returns undefined when this process is not root and PostgreSQL can share its account
 */
export function accountForPostgres(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const account = ['postgres', 'nobody']
    .map((name) => accounts.find((a) => a.name === name))
    .find(Boolean);
  if (account === undefined) {
    throw new Error(
      'PostgreSQL cannot run as root, and this system has neither a "postgres" nor a "nobody" account to run it as. ' +
        'Start Talegraph as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  return account;
}

/** Whether `account` may enter `folder`, through every folder above it. */
export function canEnter(account: Account, folder: string): boolean {
  return (
    spawnSync('test', ['-x', folder], { uid: account.uid, gid: account.gid, cwd: '/' }).status === 0
  );
}
