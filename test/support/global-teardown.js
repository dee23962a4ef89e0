import { rmSync } from 'node:fs';

export default async function teardown() {
  const { postgres, folder } = globalThis.talegraphTest;
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
