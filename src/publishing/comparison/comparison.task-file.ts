import { taskFile } from '../../threads/task-file.js';
import type * as tasks from './comparison.tasks.js';

/** What threads do to compare whole drafts. */
export const COMPARISON_TASKS = taskFile<typeof tasks>('publishing/comparison/comparison.tasks');
