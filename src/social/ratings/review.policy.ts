import type { ReadExtent } from '../../progress/reading/read-extents.js';
import type { Viewer } from '../../graphql/viewer.js';
import type { ReviewEntity } from './review.entity.js';

/** The share of a story’s nodes that a reader has seen who may rate it without having come to an ending. */
const SHARE = 1 / 4;

/** How many nodes that are at least: who has only opened a short story has not read it. */
const LEAST_NODES = 3;

/** Texts are there for everyone, unless an administrator hid them; stars without a text for who gave them. */
export const mayRead = (
  viewer: Viewer | undefined,
  { userId, text, hiddenAt }: Pick<ReviewEntity, 'userId' | 'text' | 'hiddenAt'>,
): boolean =>
  viewer?.userId === userId || viewer?.role === 'admin' || (text !== null && hiddenAt === null);

/** The viewer from whom reviews are kept by blocks; undefined for those who see what everyone wrote. */
export const keptFrom = (viewer: Viewer | undefined): number | undefined =>
  viewer?.role === 'admin' ? undefined : viewer?.userId;

/** How many nodes of a version must have been seen before it may be rated without an ending. */
export const nodesNeeded = (nodes: number): number =>
  Math.min(nodes, Math.max(LEAST_NODES, Math.ceil(nodes * SHARE)));

/** Whether somebody has read enough of a story to rate it. */
export const hasReadEnough = ({ hasFinished, nodes, nodesSeen }: ReadExtent): boolean =>
  hasFinished || nodesSeen >= nodesNeeded(nodes);
