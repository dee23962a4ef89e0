import { join } from 'node:path';
import { projectRoot } from '../config/project-root.js';

/** A module whose exported functions threads can run: each of one argument, which like its result can be cloned. */
export interface TaskFile<Module> {
  /** Where it lies once built. */
  readonly path: string;
  /** Never there: it ties the path to the types. */
  readonly module?: Module;
}

/**
 * Threads load what `npm run build` made, whatever runs the server.
 * @param name the path within `src`, without its ending
 */
export const taskFile = <Module>(name: string): TaskFile<Module> => ({
  path: join(projectRoot, 'dist/src', `${name}.js`),
});
