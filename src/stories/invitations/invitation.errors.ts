import { badField, conflict, forbidden, notFound } from '../../graphql/errors.js';

export const noSuchInvitation = () =>
  notFound('There is no such invitation; it may have been answered or revoked.');

export const addressNotConfirmed = () =>
  forbidden(
    'There is no such invitation to your account. Those to an e-mail address are answered by whoever has confirmed it: use requestEmailConfirmation, and follow the link in the mail.',
  );

export const nobodyOfThisName = () =>
  badField('input.identifier', 'is nobody’s name; check its spelling, or invite by e-mail address');

export const ownerAlready = () => badField('input.identifier', 'owns this story');

export const collaboratorAlready = () =>
  conflict('They work on this story already. Use setCollaboratorRole to change what they may do.');

export const tooManyCollaborators = (most: number) =>
  badField(
    'storyId',
    `has ${most} collaborators and pending invitations, and no story may have more; remove or revoke some`,
  );
