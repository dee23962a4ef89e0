import { taskFile } from '../threads/task-file.js';
import type * as tasks from './story.tasks.js';

/** What threads do with whole stories. */
export const STORY_TASKS = taskFile<typeof tasks>('engine/story.tasks');
