import { badField, forbidden, notFound } from '../../graphql/errors.js';

export const noSuchComment = () => notFound('There is no such comment.');

export const notYourComment = () => forbidden('Only who wrote this comment may do this.');

export const notYourThread = () =>
  forbidden('Only who began this thread, the owner and the editors of the story may do this.');

export const onePlaceNeeded = () =>
  badField('input', 'give one of storyId, nodeId and choiceId: what the comment is about');

export const tooManyComments = (path: string, most: number) =>
  badField(path, `this story has ${most} comments, and none may have more; delete some`);
