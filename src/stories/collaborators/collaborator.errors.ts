import { badField } from '../../graphql/errors.js';

export const notACollaborator = () =>
  badField('userId', 'must be a collaborator of the story, as Story.collaborators lists them');
