import { badField, conflict, forbidden } from '../../graphql/errors.js';

export const notYourself = () => badField('userId', 'must be somebody else');

export const keptAway = () => forbidden('You cannot follow this user.');

export const keptAwayByYou = () =>
  conflict('You have blocked this user. Call unblockUser before you follow them.');

export const followsTooMany = (most: number) =>
  conflict(`You follow ${most} people, which is the most. Unfollow somebody first.`);
