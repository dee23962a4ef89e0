import { taskFile } from '../../threads/task-file.js';
import type * as tasks from './neighbour.tasks.js';

/** What threads do to find the neighbours of all stories. */
export const NEIGHBOUR_TASKS = taskFile<typeof tasks>('recommendations/neighbours/neighbour.tasks');
