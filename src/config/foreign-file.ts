import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';

/** What stops a start where a file of the data folder is another user's; says which one, and what mends it. */
export class ForeignFile extends Error {
  /**
   * @param owner whose it must be: the name or the number of a user
   * @param folder what is to be handed over, `path` with it
   */
  constructor(path: string, { owner, folder }: { owner: string; folder: string }) {
    super(
      `${path} must be owned and usable by "${owner}", and is not. Run "chown -R ${owner} ${folder}" as root. ` +
        'To copy data, use "cp -a", which keeps owners.',
    );
  }
}

/**
 * Looks at what this process itself uses of the data folder, before anything is started that would have to be stopped.
 * @throws {ForeignFile} when this process may not use it
 */
export function assertOwnFiles({ dataDir, usedOfDataDir }: Config): void {
  const foreign = usedOfDataDir
    .map((name) => join(dataDir, name))
    // What is not there yet will be made in the folder.
    .map((path) => (existsSync(path) ? path : dataDir))
    .find((path) => existsSync(path) && !isUsable(path));
  if (foreign === undefined) return;
  throw new ForeignFile(foreign, { owner: String(process.getuid?.()), folder: dataDir });
}

function isUsable(path: string): boolean {
  const { R_OK, W_OK, X_OK } = constants;
  try {
    accessSync(path, statSync(path).isDirectory() ? R_OK | W_OK | X_OK : R_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EACCES';
  }
}
