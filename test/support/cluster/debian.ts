import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const POSTGRES = '/usr/lib/postgresql';

/** The folders of the newest PostgreSQL that Debian's packages have installed. */
const postgresFolders = (): string[] =>
  existsSync(POSTGRES)
    ? readdirSync(POSTGRES)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(POSTGRES, version, 'bin'))
    : [];

/** Where a program lies; undefined where it is not installed. */
export const programPath = (name: string): string | undefined =>
  [...postgresFolders(), ...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** The first of some programs that is not installed; undefined when all are. */
export const missingProgram = (names: readonly string[]): string | undefined =>
  names.find((name) => programPath(name) === undefined);

/** Whom PostgreSQL and PgBouncer run as, since they refuse root: Debian's account for them, or who runs the tests. */
export function account(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString());
  return { uid: idOf('-u'), gid: idOf('-g') };
}
