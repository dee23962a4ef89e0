import { badField, forbidden, notFound, rateLimited } from '../../graphql/errors.js';

export const noSuchTemplate = () =>
  notFound('There is no such template, or its owner does not share it.');

export const notYourTemplate = () => forbidden('Only the owner of this template may do this.');

export const nothingToSave = () =>
  badField('storyId', 'the draft has no node yet: there is nothing to make a template of');

export const notOfThisStory = (ids: readonly string[]) =>
  badField('input.nodeIds', `must be nodes of this story: ${ids.join(', ')} are not`);

export const tooManyNodes = (count: number, most: number) =>
  badField('input.nodeIds', `give at most ${most} of the nodes, which are ${count}`);

/** Room comes by deleting, not by waiting: the client is told to come back in an hour at the earliest. */
export const tooManyTemplates = (most: number) =>
  rateLimited(`You have ${most} templates, which is as many as you can keep. Delete some.`, 3600);
