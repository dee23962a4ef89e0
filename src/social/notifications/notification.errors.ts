import { badField, forbidden } from '../../graphql/errors.js';

export const idsOrAllNeeded = () =>
  badField('ids', 'give either the ids of notifications, or all: true');

export const insecureEndpoint = () =>
  badField('input.endpoint', 'must be an address with https://, without a user in it');

export const privateEndpoint = () =>
  badField('input.endpoint', 'must be at the public name of a push service');

export const alteredLink = () =>
  forbidden('This link is not whole, or none of this server’s. Copy all of it from the mail.');
