import { CreateAccounts1795392000000 } from './1795392000000-CreateAccounts.js';

/** Every migration, oldest first. */
export const migrations = [CreateAccounts1795392000000];
