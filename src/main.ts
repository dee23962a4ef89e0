import { refuseOlderNode } from './node-version.js';

refuseOlderNode('npm start', 'node_modules/.bin/node dist/src/main.js');
// After the check, as the rest does not even load everywhere.
await import('./main.serve.js');
