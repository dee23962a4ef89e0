import { badField, conflict, notFound } from '../../graphql/errors.js';

export const noSuchShare = () => notFound('You have shared no such link.');

export const notPublished = () =>
  conflict('Only published stories can be shared. Publish this one first.');

export const notYourEnding = () =>
  badField('endingNodeId', 'must be an ending of the story that you have reached');
