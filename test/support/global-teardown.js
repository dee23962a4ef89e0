import { removeDataDir } from './data-dir.js';

export default async function teardown() {
  const { postgres, folder } = globalThis.talegraphTest;
  await postgres.stop();
  removeDataDir(folder);
}
