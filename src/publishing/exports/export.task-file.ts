import { taskFile } from '../../threads/task-file.js';
import type * as tasks from './export.tasks.js';

/** What threads do to export whole stories. */
export const EXPORT_TASKS = taskFile<typeof tasks>('publishing/exports/export.tasks');
