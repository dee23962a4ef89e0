import { ErrorCode } from '../../graphql/error-code.js';
import { ApiError, conflict, forbidden, notFound } from '../../graphql/errors.js';
import type { ReadExtent } from '../../progress/reading/read-extents.js';
import { nodesNeeded } from './review.policy.js';

export const noSuchReview = () => notFound('There is no such review.');

export const nothingRated = () => notFound('You have not rated this story.');

export const noReply = () => notFound('This review has no reply.');

export const workingOnIt = () => forbidden('You work on this story; only others may rate it.');

export const notPublished = () => conflict('Only stories that are published can be rated.');

/** @param what is not for oneself to do, as in `report this review` */
export const ownReview = (what: string) => forbidden(`You cannot ${what}: it is yours.`);

export const notTheAuthor = () =>
  forbidden('Only the author of the story may reply to reviews of it.');

export const notReadEnough = ({ nodes, nodesSeen }: ReadExtent) => {
  const needed = nodesNeeded(nodes);
  return new ApiError(
    ErrorCode.STORY_NOT_READ,
    `Come to an ending of this story, or to ${needed} of its nodes, before you rate it; you have seen ${nodesSeen}.`,
    { needed: { nodes: needed, nodesSeen } },
  );
};
