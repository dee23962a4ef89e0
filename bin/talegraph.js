#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The command runs on the Node.js that the project brings, whatever the machine has.
const program = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
if (!existsSync(program)) {
  console.error('Talegraph is not built yet: run "npm run build" first.');
  process.exit(1);
}
const { status } = spawnSync(
  existsSync(node) ? node : process.execPath,
  [program, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
