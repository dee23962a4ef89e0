import { createHash } from 'node:crypto';
import type { StoryEntity } from '../../stories/story.entity.js';

/** Talegraph's own, from which the names of its stories are made. */
const NAMESPACE = Buffer.from('5d4a2c0e7b3f4f1b9c8e2a6d1f0b3c47', 'hex');

/**
 * What names a story that has no IFID: a version 5 UUID (RFC 9562), in capitals as Twine has it, always the same for the
 * same story. When it was made tells it from those of other installations.
 */
export function ifidOf({ storyId, createdAt }: Pick<StoryEntity, 'storyId' | 'createdAt'>): string {
  const name = `${storyId} ${createdAt.toISOString()}`;
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const digits = hash.toString('hex', 0, 16).toUpperCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
