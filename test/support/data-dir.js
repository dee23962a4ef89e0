import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new data folder that any account may enter, so that PostgreSQL's files lie in it even when root runs the tests.
 * @returns {string} its path; remove it with {@link removeDataDir}
 */
export function newDataDir() {
  const folder = mkdtempSync(join(tmpdir(), 'talegraph-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** @param {string} folder as {@link newDataDir} made it */
export function removeDataDir(folder) {
  rmSync(folder, { recursive: true, force: true });
}
