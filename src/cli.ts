import { refuseOlderNode } from './node-version.js';

refuseOlderNode('npx talegraph <command>', 'npm run -s cli -- <command>');
// After the check, as the rest does not even load everywhere.
await import('./cli.program.js');
