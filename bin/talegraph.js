#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

// The command runs on the Node.js that the project brings, whatever the machine has.
const program = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
if (!existsSync(program)) {
  console.error('Talegraph is not built yet: run "npm run build" first.');
  process.exit(1);
}
const command = spawn(
  existsSync(node) ? node : process.execPath,
  [program, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
// A terminal sends Ctrl-C to both; whoever stops this process alone means the command.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => command.kill('SIGTERM'));
command.once('exit', (status, signal) => process.exit(status ?? 128 + constants.signals[signal]));
