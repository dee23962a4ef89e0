import { createHash } from 'node:crypto';
import type { StoryDefinition } from './core/definition.js';

/** SHA-256 of a story, in hexadecimal: what is told of a story holds for all stories of the same hash. */
export const contentHashOf = (story: StoryDefinition): string => hashOfStory(JSON.stringify(story));

/** @param story the JSON of its definition */
export const hashOfStory = (story: string): string =>
  createHash('sha256').update(story).digest('hex');
