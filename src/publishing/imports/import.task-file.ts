import { taskFile } from '../../threads/task-file.js';
import type * as tasks from './import.tasks.js';

/** What threads do to import files. */
export const IMPORT_TASKS = taskFile<typeof tasks>('publishing/imports/import.tasks');
